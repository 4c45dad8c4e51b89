"""The catalogue (事项 → 情形 → 材料 → 审查要点): what citizens can apply for, as the departments write it.

`model` is one version of an item as plain values; `situations` walks its questions to one leaf and its exact list of
materials; `wording` finds vague words; `checking` says everything that stands against publishing; `review` grades;
`frequency` and `bundles` (一件事) look at many items. Pure: no I/O, no clock. Source: seed 003, part 三, section 一.
"""
