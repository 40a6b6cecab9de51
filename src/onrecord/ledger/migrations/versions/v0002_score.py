"""How sure each statement is, beside the columns that lists sort by: the least sure are reviewed first.

Frozen text: it imports nothing of ours and is never edited.
"""

from alembic import op

revision = "0002"
down_revision = "0001"

SQLITE = (
    "ALTER TABLE statements ADD COLUMN score FLOAT NOT NULL DEFAULT -1",
    """UPDATE statements SET score = coalesce(
    (SELECT d.score FROM derivations d WHERE d.entry = statements.entry ORDER BY d.seq DESC LIMIT 1), -1
)""",
    "CREATE INDEX statements_score ON statements (score)",
)


def upgrade() -> None:
    for statement in SQLITE:
        op.execute(statement)
