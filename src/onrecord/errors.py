"""What can go wrong, as a tree.

OnrecordError
├── InputError              one input could not be read; the others go on
│   ├── UnsupportedMediaType
│   ├── UnreadableInput     permission, missing, a directory loop, an I/O error
│   ├── EmptyInput          no bytes, or no words in them
│   ├── EncodingError       the bytes are no text in any encoding that they name or show
│   ├── MalformedInput      a JSONL line that is no JSON, a page with no article in it
│   └── TooLarge            past a bound of `Settings`
├── LedgerError             the ledger as a whole cannot be used
│   ├── NotALedger          the file is something else
│   ├── LedgerTooNew        written by a newer onrecord
│   ├── LedgerNeedsMigration
│   ├── LedgerBusy          another program holds the write lock
│   └── LedgerUnwritable    disk full, read-only
├── NotFound                no entry or document of that id
├── JudgementRefused        what was decided cannot be: nothing to merge, nothing left after a split
├── AnchorMismatch          a quotation is not where its selector says
└── SettingsError           an option or environment variable with a bad value

Each message names the thing, the cause and the next step, in this order:
`report.docx: application/vnd.openxmlformats is not read; save it as HTML or text`.
"""


class OnrecordError(Exception):
    """Root of all errors that a user of onrecord can meet."""


class InputError(OnrecordError):
    """One input could not be read. `name`: the file or record; `cause`; `step`: what to do next."""

    def __init__(self, name: str, cause: str, step: str) -> None:
        super().__init__(f"{name}: {cause}; {step}")
        self.name = name
        self.cause = cause
        self.step = step

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str, str]]:
        # Errors cross process borders when articles are read on many cores.
        return type(self), (self.name, self.cause, self.step)


class UnsupportedMediaType(InputError):
    """The bytes are of a kind that no reader takes."""


class UnreadableInput(InputError):
    """The operating system refused to hand the bytes over."""


class EmptyInput(InputError):
    """No bytes, or no words in them."""


class EncodingError(InputError):
    """The bytes are not text in the encoding that they declare, and none could be detected."""


class MalformedInput(InputError):
    """The form is broken: JSON that does not parse, a page with no article."""


class TooLarge(InputError):
    """Larger than a bound that `Settings` states."""


class LedgerError(OnrecordError):
    """The ledger as a whole cannot be used."""


class NotALedger(LedgerError):
    """The file exists, and is not a ledger of onrecord."""


class LedgerTooNew(LedgerError):
    """A newer onrecord wrote it; this one would not understand it."""


class LedgerNeedsMigration(LedgerError):
    """An older onrecord wrote it; `onrecord migrate` brings it up to date."""


class LedgerBusy(LedgerError):
    """Another program holds the write lock for longer than `Settings.busy_timeout`."""


class LedgerUnwritable(LedgerError):
    """The disk is full, or the file is read-only."""


class NotFound(OnrecordError):
    """No entry or document of that id."""


class JudgementRefused(OnrecordError):
    """What a person decided cannot be: the actors are one already, or nothing would be left."""


class AnchorMismatch(OnrecordError):
    """A quotation does not stand where its selector says, or stands there more than once."""


class SettingsError(OnrecordError):
    """An option or an environment variable has a value that cannot be used."""
