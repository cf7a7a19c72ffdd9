"""Maple Street School: one cast of people for demo, tests, docs and screenshots.

Ms Amal teaches 4A and writes good news first. Mr Yousaf, Hamza's father, speaks and reads Urdu and answers
on WhatsApp after work. Mrs Okafor keeps the office and its phone. Mr Bell leads the school. Ms Reyes is the
safeguarding lead, and a deputy stands behind her. The families of 4A, 5B and 6C speak eight languages.
Nobody here is real; their numbers are kept free for stories and can never ring.
"""
