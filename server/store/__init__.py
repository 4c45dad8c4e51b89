"""All SQL of the hall: the writer, the two databases, the tables and their repositories.

Start with `open_store`; a step is `step(tx, request, now)` given to `Store.write`.
"""

from server.store.errors import Conflict, HallNotLoaded, HallUnknown, NotSaved, StoreClosed, StoreUnavailable
from server.store.store import Store, open_store
from server.store.transaction import Tx
from server.store.vault import Vault, load_vault

__all__ = [
    "Conflict",
    "HallNotLoaded",
    "HallUnknown",
    "NotSaved",
    "Store",
    "StoreClosed",
    "StoreUnavailable",
    "Tx",
    "Vault",
    "load_vault",
    "open_store",
]
