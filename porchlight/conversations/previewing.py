"""The exact text of each way a message goes out: one view for each channel and language, as one home gets it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from porchlight.conversations import families_cost
from porchlight.conversations.notices import Preview
from porchlight.delivery.gateways.by_hand import carried_as
from porchlight.delivery.planning import Planned
from porchlight.delivery.together import riding
from porchlight.design.delivery_words import channel as channel_words
from porchlight.design.parts import Saying, Tab
from porchlight.toolbox.scripts import autonym, same_reading


@dataclass(frozen=True, slots=True)
class Look:
    """What makes two homes' texts look alike but for their names."""

    channel: str
    language: str  # of the words
    reads: str  # the home's, where it is another: our own few words around the message are in it
    is_approved: bool  # inside a text that WhatsApp approved

    @property
    def label(self) -> str:
        """`WhatsApp · اردو`; `WhatsApp · اردو, approved text`; `text message · English (reads Polski)`."""
        label = f"{channel_words(self.channel)} · {autonym(self.language)}"
        if self.is_approved:
            label = _("%(label)s, approved text") % {"label": label}
        if self.reads:
            return _("%(label)s (reads %(language)s)") % {"label": label, "language": autonym(self.reads)}
        return label


@dataclass(frozen=True, slots=True)
class Looks:
    """Every look, those that most homes get first; each text is the first such home's, word for word."""

    own: Sequence[Tab]  # in the language these homes read
    foreign: Sequence[Tab]  # in another, with our words around it in theirs

    @property
    def foreign_homes(self) -> int:
        """People who get words in a language they do not read."""
        return sum(tab.count or 0 for tab in self.foreign)


def looks(seen: Preview) -> Looks:
    """How the message looks, for each channel and language."""
    groups: dict[Look, list[Planned]] = defaultdict(list)
    riders = riding(seen.reached)  # one phone of two adults gets the words once
    for place, one in enumerate(seen.reached):
        if place not in riders:
            groups[_look(one)].append(one)
    ranked = sorted(groups.items(), key=lambda item: -len(item[1]))
    return Looks(
        own=[_tab(look, members) for look, members in ranked if not look.reads],
        foreign=[_tab(look, members) for look, members in ranked if look.reads],
    )


def _look(one: Planned) -> Look:
    words, reads = one.content.language, one.recipient.guardian.reading
    return Look(
        channel=carried_as(one.account.gateway, one.channel) if one.account else one.channel,
        language=words,
        reads="" if same_reading(words, reads) else reads,
        is_approved=one.body is not None and one.body.uses_template,
    )


def _tab(look: Look, members: Sequence[Planned]) -> Tab:
    first = members[0]
    body = first.body
    return Tab(
        label=look.label,
        said=Saying(body.as_sent if body else "", look.language),
        count=len(members),
        heading=body.subject if body else "",
        note=" ".join(remarks(first)),
    )


def remarks(one: Planned) -> list[str]:
    """What its author should know of how one home gets it: the cost, an approved text, a language not theirs."""
    said = []
    if one.body and one.body.cost_class:
        said.append(_("Each home: %(cost)s.") % {"cost": one.body.cost_class})
    if one.body and one.account is not None:
        said += families_cost.of_this(one.body, one.account.school)
    if one.body and one.body.uses_template:
        said.append(_("WhatsApp lets only this approved text through until the family writes again."))
    if one.content.is_original:
        said.append(
            _("Nobody has written a version in %(language)s yet, so these homes get the original, marked so.")
            % {"language": autonym(one.recipient.guardian.reading)}
        )
    return said
