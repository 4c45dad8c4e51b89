"""SQL of an item's acceptance: what reviewers and windows said of a version, round by round."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from server.domain.catalogue.review import Grade, MockIntake, Review

if TYPE_CHECKING:
    from server.store.catalogue_rows import VersionRow
    from server.store.transaction import Tx


class Acceptance:
    """Reviews and trials of one hall, inside one transaction. `reviewer` and `clerk` are user names."""

    def __init__(self, tx: Tx) -> None:
        self._tx = tx
        self.db, self.hall = tx.db, tx.hall_id

    def add_review(self, row: VersionRow, review: Review) -> bool:
        """False when the reviewer has answered in this round already."""
        return bool(
            self.db.execute(
                "INSERT INTO item_reviews (hall_id, item_id, version, round, reviewer, grades, reasons, at)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (hall_id, item_id, version, round, reviewer) DO NOTHING",
                (
                    self.hall,
                    row.item_id,
                    row.version,
                    row.round,
                    review.reviewer,
                    json.dumps(review.grades),
                    json.dumps(review.reasons, ensure_ascii=False),
                    self._tx.now,
                ),
            )
        )

    def reviews(self, row: VersionRow) -> list[tuple[int, int, Review]]:
        """(round, at, review) of every round, the last first."""
        rows = self.db.all(
            "SELECT round, at, reviewer, grades, reasons FROM item_reviews WHERE hall_id = ? AND item_id = ?"
            " AND version = ? ORDER BY round DESC, at, reviewer",
            (self.hall, row.item_id, row.version),
        )
        return [
            (
                one["round"],
                one["at"],
                Review(
                    one["reviewer"],
                    {aspect: Grade(grade) for aspect, grade in json.loads(one["grades"]).items()},
                    json.loads(one["reasons"]),
                ),
            )
            for one in rows
        ]

    def reviewed_by(self, reviewer: str) -> set[tuple[str, int, int]]:
        """(item, version, round) of what this person has reviewed."""
        return self._said("item_reviews", "reviewer", reviewer)

    def tried_by(self, clerk: str) -> set[tuple[str, int, int]]:
        """(item, version, round) of what this person has tried, or objected to."""
        return self._said("item_trials", "clerk", clerk)

    def _said(self, table: str, column: str, who: str) -> set[tuple[str, int, int]]:
        rows = self.db.all(
            f"SELECT item_id, version, round FROM {table} WHERE hall_id = ? AND {column} = ?", (self.hall, who)
        )
        return {(row["item_id"], row["version"], row["round"]) for row in rows}

    def add_trial(self, row: VersionRow, trial: MockIntake) -> None:
        self.db.execute(
            "INSERT INTO item_trials (hall_id, id, item_id, version, round, window_number, clerk, objection, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self.hall,
                self._tx.new_id(),
                row.item_id,
                row.version,
                row.round,
                trial.window,
                trial.clerk,
                trial.objection,
                self._tx.now,
            ),
        )

    def trials(self, row: VersionRow) -> list[tuple[int, int, MockIntake]]:
        """(round, at, trial) of every round, the last first."""
        rows = self.db.all(
            "SELECT round, at, window_number, clerk, objection FROM item_trials WHERE hall_id = ? AND item_id = ?"
            " AND version = ? ORDER BY round DESC, id",
            (self.hall, row.item_id, row.version),
        )
        return [
            (one["round"], one["at"], MockIntake(one["window_number"], one["clerk"], one["objection"])) for one in rows
        ]
