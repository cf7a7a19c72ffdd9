"""What the office types in. The key pair is made by us, once, and never shown."""

from django.utils.translation import gettext_noop as _

from porchlight.delivery.gateways.declared import SettingField

FIELDS = (
    SettingField(
        name="contact",
        label=_("Mailbox for the push services"),
        help=_(
            "The browsers’ makers write here if something is wrong with what the school sends. Families never see it."
        ),
    ),
    SettingField(
        name="base_url",
        label=_("Push service for trying out"),
        help=_("Leave this empty. In the practice town it is the town’s own address."),
        required=False,
        leads=True,
    ),
)

STEPS = (
    _("Nothing is to be done anywhere else: the school’s key was made just now and is kept sealed."),
    _("Families turn it on themselves, on their own page: “Tell me on this screen”."),
    _("They see “News from …” and nothing more. A tap opens their page, where they sign in as always."),
    _("Do not close this way lightly: with its key go all families who turned it on."),
)
