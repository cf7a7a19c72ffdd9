"""The rooms that are switched on, in the order of the floors."""

ROOMS = [
    "demo",
    "operations",
    "api",
    "home",
    "privacy",
    "updates",
    "meetings",
    "learning",
    "welcome",
    "conversations",
    "rosters",
    "delivery",
    "errands",
    "files",
    "languages",
    "families",
    "activity",
    "schools",
    "accounts",
    "design",
]
