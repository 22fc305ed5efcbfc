"""PostgreSQL as a part of Privity: one folder, one host, nothing to install or to run.

`start(folder, password)` makes the database on first use and returns when it takes connections, over a Unix
socket alone. A *guard*, a small program of its own, is PostgreSQL's parent: it starts it again when it dies
and stops it when the host is gone, `kill -9` included.

Everything lives in the folder: `data`, `socket` and `postgres.log`. For root it is different where it must
be, since PostgreSQL refuses to run as root. It then runs as the account `postgres`, else `nobody`. Where
that account cannot enter the folder, the database is kept in `/var/lib/privity/clusters/<id>`, with the id
in the folder's `postgres.id` and the folder's path in `belongs-to` there; and where it cannot run the
wheel's programs, they are copied to `/var/lib/privity`. No folder that is not ours ever changes its mode.
A folder that is removed takes its id with it, so that a new one begins anew; what it pointed at stays, lest
a disk that is not mounted cost somebody their data. `discard(folder)` removes both.
"""

from privity.db.embedded.cluster import Cluster, discard, start
from privity.db.embedded.error import EmbeddedError
from privity.db.embedded.neighbour import Neighbour, attach

__all__ = ["Cluster", "EmbeddedError", "Neighbour", "attach", "discard", "start"]
