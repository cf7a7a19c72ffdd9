"""The families of Maple Street: invented, each household a line, eight languages spoken between them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Adult:
    """Someone who cares for a child. `reach`: whatsapp, sms, email, both (WhatsApp and text), none."""

    name: str
    called: str
    relation: str
    reach: str = "whatsapp"
    home: str = ""  # a home of their own; empty: the family's
    restriction: str = ""
    reads: str | None = None  # when not as the family: "" does not read
    may_ring: str = ""


@dataclass(frozen=True)
class Family:
    """One line of the town. `script` is given when it is not the usual one."""

    name: str
    children: tuple[str, ...]
    speaks: str
    reads: str
    adults: tuple[Adult, ...]
    script: str = ""
    first_class: str = ""

    @property
    def mailbox(self) -> str:
        return self.name.lower().replace("'", "").replace(" ", "-").encode("ascii", "ignore").decode()


def two(mother: str, father: str, reach: str = "whatsapp", other: str = "sms") -> tuple[Adult, ...]:
    """A mother and a father of one home."""
    return (Adult(mother, "", "mother", reach), Adult(father, "", "father", other))


def one(name: str, relation: str = "mother", reach: str = "whatsapp", called: str = "") -> tuple[Adult, ...]:
    """One adult."""
    return (Adult(name, called, relation, reach),)


def apart(mother: str, father: str, restriction: str = "") -> tuple[Adult, ...]:
    """Two homes, and perhaps a court's word between them."""
    return (
        Adult(mother, "", "mother", "whatsapp", home=f"{mother}'s home"),
        Adult(father, "", "father", "sms", home=f"{father}'s home", restriction=restriction),
    )


FAMILIES = (
    Family("Yousaf", ("Hamza", "Ayesha"), "Urdu", "Urdu",
           (Adult("Imran Yousaf", "Mr Yousaf", "father"), Adult("", "Hamza's mother", "mother", "sms", may_ring="woman")),
           first_class="4A"),
    Family("Khan", ("Zainab",), "Urdu", "Urdu", two("Saima Khan", "Bilal Khan"), script="Latn", first_class="4A"),
    Family("Khan", ("Ibrahim", "Maryam"), "Pashto", "Pashto",
           (Adult("Gul Khan", "", "father", "sms", reads=""), Adult("", "Ibrahim's mother", "mother", "none", may_ring="woman"))),
    Family("Afridi", ("Palwasha",), "Pashto", "Urdu", one("Nadia Afridi")),
    Family("Warsame", ("Amina", "Yusuf", "Hodan"), "Somali", "Somali", two("Fadumo Warsame", "Abdi Warsame") + one("Halima Warsame", "grandmother", "sms")),
    Family("Abdi", ("Liban",), "Somali", "Somali", one("Hibo Abdi", reach="sms")),
    Family("Nowak", ("Zofia", "Jakub"), "Polish", "Polish", two("Anna Nowak", "Piotr Nowak", "email", "whatsapp") + one("Krystyna Nowak", "grandmother", "sms")),
    Family("Kowalczyk", ("Maja",), "Polish", "Polish", apart("Ewa Kowalczyk", "Tomasz Kowalczyk"), first_class="4A"),
    Family("Wójcik", ("Filip",), "Polish", "Polish", one("Marta Wójcik", reach="both")),
    Family("García Ruiz", ("Lucía", "Mateo"), "Spanish", "Spanish", two("Carmen Ruiz", "Diego García") + one("Pilar Ruiz", "grandmother", "whatsapp"), first_class="4A"),
    Family("Morales", ("Valentina",), "Spanish", "Spanish", one("Rosa Morales", reach="both")),
    Family("Haddad", ("Omar", "Layla"), "Arabic", "Arabic", two("Rania Haddad", "Sami Haddad") + one("Samira Haddad", "aunt", "whatsapp"), first_class="4A"),
    Family("Saleh", ("Noor",), "Arabic", "Arabic", one("Huda Saleh", "aunt", called="Noor's aunt")),
    Family("Rahman", ("Tahmina", "Rafiq"), "Bengali", "Bengali", two("Shirin Rahman", "Kamal Rahman", "whatsapp", "both") + one("Rezia Rahman", "grandmother", "sms")),
    Family("Begum", ("Sumaiya",), "Bengali", "Bengali", one("Ruma Begum")),
    Family("Carter", ("Ella", "Noah"), "English", "English", two("Joanne Carter", "Mark Carter", "email", "sms") + one("Sheila Carter", "grandmother", "email"), first_class="4A"),
    Family("Doyle", ("Finn",), "English", "English", apart("Siobhan Doyle", "Kevin Doyle", "contact: court order shown to Mr Bell, 3 March 2026"),
           first_class="4A"),
    Family("Bennett", ("Grace",), "English", "English", one("Paula Bennett", reach="email")),
    Family("Hughes", ("Oscar", "Poppy"), "English", "English", two("Rhian Hughes", "Gareth Hughes") + one("Eirlys Hughes", "grandmother", "sms")),
    Family("Fraser", ("Isla",), "English", "English", one("Morag Fraser", "grandmother", "sms", "Isla's gran"), first_class="4A"),
    Family("Clarke", ("Tyrell", "Shanice"), "English", "English", apart("Denise Clarke", "Leon Clarke")),
    Family("Patel", ("Kiran", "Anika"), "English", "English", two("Meera Patel", "Nilesh Patel", "both", "email") + one("Hansa Patel", "grandmother", "sms")),
    Family("Wright", ("Alfie",), "English", "English", one("Stacey Wright"), first_class="4A"),
    Family("Evans", ("Seren", "Dylan"), "English", "English", two("Cerys Evans", "Huw Evans") + one("Glyn Evans", "grandfather", "sms")),
    Family("Turner", ("Harvey",), "English", "English", one("Lisa Turner", "foster carer")),
    Family("Mensah", ("Kofi", "Abena"), "English", "English", two("Akosua Mensah", "Kwame Mensah") + one("Efua Mensah", "grandmother", "whatsapp")),
    Family("Lowe", ("Amber",), "English", "English", apart("Tracey Lowe", "Simon Lowe"), first_class="4A"),
    Family("Shah", ("Rohan",), "English", "English", two("Priya Shah", "Amit Shah") + one("Kokila Shah", "grandmother", "sms")),
    Family("Murphy", ("Cian", "Aoife"), "English", "English", two("Orla Murphy", "Declan Murphy", "sms", "email") + one("Bridie Murphy", "grandmother", "sms")),
    Family("Gibson", ("Leo",), "English", "English", one("Kelly Gibson", reach="both"), first_class="4A"),
    Family("Okoro", ("Chidi", "Ada"), "English", "English", two("Ngozi Okoro", "Emeka Okoro") + one("Ifeoma Okoro", "aunt", "whatsapp")),
    Family("Price", ("Megan",), "English", "English", one("Sian Price")),
    Family("Ward", ("Jack", "Lily"), "English", "English", two("Helen Ward", "Neil Ward") + one("Jean Ward", "grandmother", "email"), first_class="4A"),
    Family("Chaudhry", ("Sana", "Usman"), "Urdu", "Urdu", two("Farah Chaudhry", "Asim Chaudhry") + one("Naseem Chaudhry", "grandmother", "sms"), script="Latn"),
    Family("Butt", ("Danish",), "Urdu", "Urdu", one("Kausar Butt", reach="sms"), first_class="4A"),
    Family("Jama", ("Ilhan",), "Somali", "Somali", two("Asha Jama", "Mahad Jama") + one("Sahra Jama", "aunt", "whatsapp")),
    Family("Zieliński", ("Antoni", "Hanna"), "Polish", "Polish", two("Joanna Zielińska", "Adam Zieliński") + one("Halina Zielińska", "grandmother", "sms")),
    Family("Cole", ("Ruby",), "English", "English", apart("Natalie Cole", "James Cole"), first_class="4A"),
    Family("Knight", ("Theo", "Evie"), "English", "English", two("Laura Knight", "Ben Knight", "email", "email") + one("Sue Knight", "grandmother", "sms")),
    Family("Hassan", ("Yasmin",), "Arabic", "Arabic", two("Amal Hassan", "Karim Hassan") + one("Zahra Hassan", "aunt", "whatsapp"), first_class="4A"),
    Family("Miah", ("Imran",), "Bengali", "Bengali", two("Nasima Miah", "Jamal Miah") + one("Hosne Miah", "grandmother", "sms")),
    Family("Reed", ("Daisy",), "English", "English", two("Gemma Reed", "Stuart Reed") + one("Pat Reed", "grandmother", "sms")),
    Family("Foster", ("Archie",), "English", "English", two("Claire Foster", "Ian Foster") + one("Brenda Foster", "grandmother", "sms")),
    Family("Sharif", ("Bilal", "Hira"), "Urdu", "Urdu", two("Rukhsana Sharif", "Tariq Sharif")),
    Family("Osman", ("Sagal",), "Somali", "Somali", two("Khadra Osman", "Ismail Osman")),
    Family("Lewandowski", ("Kacper", "Oliwia"), "Polish", "Polish", two("Beata Lewandowska", "Marek Lewandowski")),
    Family("Torres", ("Sofía",), "Spanish", "Spanish", two("Lorena Torres", "Javier Torres"), first_class="4A"),
    Family("Walsh", ("Erin", "Rory"), "English", "English", two("Fiona Walsh", "Conor Walsh", "email", "sms")),
    Family("Palmer", ("Toby",), "English", "English", apart("Hannah Palmer", "Greg Palmer")),
    Family("Grant", ("Jade",), "English", "English", two("Michelle Grant", "Winston Grant")),
    Family("Iqbal", ("Aisha",), "Urdu", "Urdu", two("Samina Iqbal", "Naveed Iqbal"), first_class="4A"),
)  # fmt: skip
