"""Items in and out of the hall: XLSX, CSV and JSON files, other systems' files by a mapping, the demo's own items.

`sheets` says which tables and columns a file has; `reading` turns a file into rows of text, `mapping` does it for files
of another shape; `assembling` makes items of the rows and names every row that cannot be one; `writing` is the way out;
`loading` brings items into the catalogue, `demo` those of the demo hall. Layout of the files: docs/catalogue.md.
"""
