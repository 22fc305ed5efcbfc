"""What a site needs to prove its users to a Privity chat: sign an identity, answer the widget's question."""

from privity_client.chat import Chat, Identity, Snippet
from privity_client.endpoint import TokenAnswer, answer_token_request
from privity_client.errors import SettingsError, SigningError
from privity_client.identity import LONGEST_LIFE, sign_identity
from privity_client.keys import SigningKey

__all__ = [
    "LONGEST_LIFE",
    "Chat",
    "Identity",
    "SettingsError",
    "SigningError",
    "SigningKey",
    "Snippet",
    "TokenAnswer",
    "answer_token_request",
    "sign_identity",
]
