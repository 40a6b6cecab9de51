"""Small closed lists of words that several constructions look at."""

RESUMING = frozenset("add argue call cite claim insist note promise say suggest tell urge vow warn".split())
"""Verbs that begin the next statement of the same speaker: `said that ..., adding that ...`, `... and warned ...`."""

CONNECTIVES = frozenset("however but and still meanwhile yet also moreover nevertheless".split())
"""Words that tie a sentence to the one before and belong to the outlet, not to the speaker."""

HEARING = frozenset("hear learn".split())
"""Verbs whose source stands after `from`: `we heard from the crew that ...`."""

SPEECH_NOUNS = frozenset(
    "accusation admission affirmation allegation announcement argument assertion assessment assumption "
    "assurance belief boast charge claim comment complaint concern conclusion confession confirmation contention "
    "conviction criticism declaration demand denial disclosure doubt estimate expectation explanation fear finding "
    "forecast hint hope hypothesis implication insinuation insistence judgement judgment lament lie objection "
    "observation offer opinion order plea pledge prediction promise proposal protest reassurance recollection "
    "recommendation remark reminder reply request response revelation ruling rumor rumour speculation statement "
    "suggestion suspicion testimony theory threat verdict view vow warning worry".split()
)
"""Nouns for what somebody says or thinks: `the allegation that ...`, `his boast that ...`."""

WILL_NOUNS = frozenset(
    "agreement appeal call command commitment decision demand desire determination eagerness hope "
    "instruction intention invitation offer order plan plea pledge promise proposal readiness recommendation refusal "
    "request threat vow warning willingness wish".split()
)
"""Nouns for what somebody means to do, or wants done: `her promise to ...`."""

SPEECH_VERBS = frozenset(
    "accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assume assure beg "
    "believe blame boast brag brand brief call caution challenge charge cite claim command comment complain concede "
    "conclude condemn confess confide confirm consider contend convince counsel criticise criticize decide declare "
    "decline decree deem demand denounce deny describe direct disclose dismiss dispute doubt email emphasise "
    "emphasize estimate exclaim expect explain fear feel forbid forecast grumble hear hint hope imagine implore "
    "imply inform insinuate insist instruct intend invite joke know label lament learn maintain mean mention mutter "
    "nickname note notify object observe offer order persuade plan plead pledge point praise predict prefer presume "
    "proclaim promise pronounce propose protest query question quip read realise realize reassure recall recommend "
    "recount refuse regret reiterate reject relay remark remember remind repeat reply report request respond retort "
    "reveal rule say sense shout signal specify speculate state stipulate stress suggest summon suppose suspect "
    "swear teach tell term testify text think threaten tweet understand urge vouch vow want warn whisper wish "
    "wonder worry write".split()
)
"""Verbs of saying, thinking and meaning to, also those that are too rare to be counted."""

SHOWING = frozenset("demonstrate indicate mean prove remind reveal show suggest".split())
TEXTS = frozenset(
    "account ad advertisement agreement analysis announcement article assessment audit book broadcast cable "
    "census chart contract correspondence data database decree diary directive document dossier email entry evidence "
    "figure file filing forecast graph indictment information intelligence invoice law leaflet ledger letter list log "
    "map memo memoir message minute model note notice order paper poll post poster program programme projection "
    "ranking record register report research result review ruling script sign source statement statistic study survey "
    "testimony text transcript treaty tweet verdict website word".split()
)
"""What shows or suggests something as people do, since it can be read; a crack in a wall cannot be asked."""
