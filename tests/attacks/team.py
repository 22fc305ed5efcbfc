"""What the team's side keeps apart, and how each wall is taken out."""

from typing import Any

from privity.conversations import team as conversations
from privity.history import team_store as history
from privity.history import why
from tests.attacks.harness import Breach, defence


@defence
def the_blindness_to_secrets(breach: Breach) -> None:
    """The team's role may read every column of every table."""
    breach.database("GRANT SELECT ON ALL TABLES IN SCHEMA privity TO privity_team")


@defence
def the_number_that_is_told_of_others(breach: Breach) -> None:
    """Whoever claims an address is shown to the team with what its owner wrote."""
    breach.statement(
        why.SQL,
        "own",
        r"k\.contact_id = \$2",
        "(k.contact_id = $2 OR k.contact_id IN (SELECT i.contact_id FROM claim m"
        " JOIN contact_identity i ON i.workspace_id = m.workspace_id AND i.email = m.key"
        " WHERE m.workspace_id = $1 AND m.kind = 'email' AND m.contact_id = $2))",
    )


@defence
def the_look_at_who_is_named(breach: Breach) -> None:
    """Anybody's id will do for a teammate's."""

    async def somebody(*_: Any) -> str:
        return "Somebody"

    breach.replace(conversations, "_name_of", somebody)
    breach.database("ALTER TABLE conversation DROP CONSTRAINT conversation_workspace_id_assignee_fkey")


@defence
def the_wall_around_a_workspace(breach: Breach) -> None:
    """The team's searches and row-level security forget in which workspace they are asked."""
    breach.database(
        """DO $$ DECLARE name text; BEGIN
           FOR name IN SELECT tablename FROM pg_policies WHERE schemaname = 'privity' AND policyname = 'workspace' LOOP
               EXECUTE format('ALTER POLICY workspace ON %I USING (true)', name);
           END LOOP; END $$"""
    )
    breach.statement(history.SQL, "list", r"(\w\.)?workspace_id = \$1", "$1::uuid IS NOT NULL")
