"""The verbs of news English as tables: plain forms, and the past forms that no rule makes."""

from app.extraction.wordlist import word_set

# Plain forms whose form in -s is no noun: "becomes" is a verb wherever it stands.
ONLY_VERBS = word_set(
    """accelerate accept accompany accuse achieve acknowledge acquire adapt add adhere adjust admire
    admit adopt advise affect agree allege allow alter amass announce anticipate apologise
    apologize appear apply appoint appreciate approve arise arrive ask assemble assert assess
    assign assist assume assure attain attend attract authorise authorize avoid await become
    befall beg begin behave believe belong bind borrow bring broaden build bury buy carry
    cease celebrate characterise characterize choose cite clarify cling coincide collect
    combine come commit communicate compare compel compete compile complain comply comprise
    conceal concede conclude condemn confer confirm confuse connect consider consist
    constitute construct consume contain contend continue contribute convert convey convince
    cooperate cope correspond create creep criticise criticize crumble cultivate curtail
    decide declare dedicate deem deepen defend defer defy deliver delve demolish demonstrate
    denote denounce deny depart depend depict deploy deport deprive derive describe deserve
    destroy detect deter deteriorate determine develop devise devote diagnose die differ
    diminish direct disagree disappear disclose discourage discover discuss dismantle dismiss
    disperse disqualify disrupt distribute dodge donate downplay duplicate earn educate
    elaborate elect eliminate embark embody emerge emphasise emphasize employ enable enact
    encompass encourage endanger endorse endure enforce engage enhance enjoy enlist enrich
    ensure enter entitle envision equip erode erupt establish evacuate evade evaluate evict
    evoke evolve exacerbate exaggerate examine exceed exclude execute exert exist expand
    expect expire explain explode explore expose extend facilitate fetch flee fluctuate follow
    forbid foresee forge forget forgive freeze fulfil fulfill gather generate get give go
    govern grapple grind grow halve hamper hang happen harass hear heighten hide hospitalise
    hover identify ignore illustrate imagine impair impeach impede imply impose impress
    imprison improve include incorporate indicate indict induce induct infect inform infringe
    inherit inhibit initiate injure insist inspect inspire instruct insulate insure integrate
    intend intensify interact intercept interfere interpret intervene intimidate introduce
    invade invent invest investigate invite invoke involve irritate isolate jeopardise
    jeopardize join justify keep kill kneel know learn lend let liberate liken linger locate
    loom loosen loot lose lure make magnify maintain manage manufacture marry merge migrate
    minimise minimize mislead mock modify motivate multiply narrow nationalise navigate
    necessitate neglect negotiate nominate nurture obey oblige observe obtain occupy occur
    offend offset omit operate oppose originate oust outdo outgrow overcome overlook overrun
    oversee overtake overthrow overturn overwhelm owe own participate penetrate perceive
    perpetuate persist persuade pertain pinpoint plead ponder populate portray possess
    postpone precede preclude predict prefer prepare prescribe preserve presume prevail
    prevent prioritise prioritize privatise proceed proclaim procure produce prohibit
    proliferate prolong promote propel propose prosecute prosper protect prove provide provoke
    publish pursue qualify ratify reach realise realize reap reassure rebrand rebuild recede
    receive reckon reclaim recognise recognize recommend reconcile reconsider recover recycle
    redefine redirect reduce refer reflect refuse regain regulate reinforce reinstate
    reiterate reject rejoin relate relieve relocate rely remain remember remind remove render
    renew renounce reopen repay repeal repel replace replicate represent reproduce require
    rescind resemble resettle reshape reside resign resist resolve respond restore restrain
    restrict restructure resurface retain retire reunite reveal revise revive revolve rewrite
    satisfy say scrutinise see seek seem seize sell send serve settle shatter shed shine
    shrink shun signify simplify sing sink sit skyrocket smuggle soften solicit solve speak
    specialise specialize specify speculate spend stabilise stabilize steal stifle stimulate
    stipulate stockpile streamline strengthen strive submit subpoena subscribe succeed succumb
    sue suffer suggest summarise supervise supplant suppress surpass survive suspend sustain
    swallow swear swim take tarnish teach tend terminate testify think threaten thrive tighten
    tolerate topple tout transcend transform translate tread undercut underestimate undergo
    undermine underscore understand undertake undo unfold unite unleash unlock unveil uphold
    usher utilise utilize vacate vaccinate validate vandalise vanish vary verify vie vilify
    violate waive wake wander warn weaken wear weave weep widen wield withhold withstand woo
    worsen wrestle wring write yearn"""
)
# Plain forms whose form in -s is a noun as well: only the words around "reports" tell.
ALSO_NOUNS = word_set(
    """abuse access account act address advance aid aim alarm amount answer appeal approach argue
    arrest attack attempt attribute average back bail balance ban bank base battle bear beat
    bend benefit bet bid bill bite blame block blow board boast bomb book boom boost border
    breach break breed broadcast burden burn bust call campaign cap care cast cater cause
    challenge change channel charge chart check claim clash clean clear climb close coach
    collapse combat comfort command comment commission complete compromise concern conduct
    conflict contact contest contract contrast control cook cool copy cost count cover crack
    craft crash cross cruise curb cure cut damage dance dare dash date deal debate debut deck
    decline decrease defeat defect delay demand deposit design desire detail detain dig digest
    dip discount display dispute divide document dominate double doubt draft draw dress drift
    drill drink drive drop ease echo edge effort elbow embrace encounter end equal escape
    escort estimate exchange exercise exhibit experience exploit export express eye face fail
    fall fare fast favor favour fear feature feed feel fight figure file finance find fine
    finish fire fish fit fix flag flash flood flourish flow fly focus fold force forecast form
    forward foster frame frown fuel function fund gain gauge graduate grant grip group growl
    guarantee guard guess guide hail halt hand handle harm haul head heat help highlight hinge
    hint hire hit hold honor honour hook hope host house hunt hurt impact import increase
    influence insult interest interview issue jail joke journey judge jump kick label lack
    lament land last launch lay lead leap lease leave level licence license lie lift limit
    line link list live load loan lobby lock long look love lower make mandate map march mark
    market mask master match matter mean measure meet mention merit mine mirror miss mix model
    monitor mount mourn move name need nod note notice number object offer open order outline
    outnumber outpace outweigh overhaul pace pack panic park partner pass patch pause pay peak
    perform permit phase photograph pick pile pilot pioneer pitch place plan plant play pledge
    plot plunge point police pool pose post pour power practice practise praise premiere
    present press pressure pretend preview price print probe process profile profit progress
    project promise prompt protest pull pump punch purchase push put quest question quote race
    raid raise rally range rank rate react read reason rebel rebound rebuke recall record
    recruit refund regard register regret rehearse rein relay release remark remedy rent
    repair reply report request rescue research reserve resort rest result resume retort
    retreat return reverse review revolt reward ride ring rise risk rival roll ruin rule
    rumour run rush sail sample sanction save scan schedule score scramble scrap screen script
    seal search seat secure sense sentence separate set shape share shelter shield shift ship
    shock shoot shout show shower shut side sign signal size sketch skip slam sleep slide
    sling slip slow slump smell smile smoke snap soar sound source span spark speed spell spin
    split sponsor spot spread spring squeeze stage stake stall stand star start state stay
    steer stem step stick sting stir stock stop store storm strain strand stray stress stretch
    strike strip struggle study stumble style subject subsidise subsidize substitute suffice
    suit summon supplement supply support surf surface surge surprise surrender survey suspect
    swap sweep swing switch tackle talk tally target task tax team tear tell tender test thank
    thread thrust tie tip toll top torture total touch tour track trade traffic trail train
    transfer transport trap travel treat trend trial trigger trim trip triple trouble trust
    try tumble turn twist update upgrade urge use value venture veto view visit voice vote vow
    wait walk want warm warrant wash waste watch water wave weather weigh welcome whip will
    win wire wish withdraw witness wonder work worry wound wrap yield"""
)
# Past forms that no rule makes; some of them are participles too.
IRREGULAR_PAST = word_set(
    """arose ate awoke beat became befell began bent bet bit bled blew bore bought bred broadcast
    broke brought built burnt burst came cast caught chose clung cost crept cut dealt drank
    dreamt drew drove dug dwelt fed fell felt fled flew flung forbade forecast foresaw forgave
    forgot forsook fought found froze gave got grew heard held hid hit hung hurt kept knew
    laid leapt learnt led left lent let lost made meant met misled mistook outdid outgrew
    outran outsold overcame overran oversaw overthrew overtook paid proved put quit ran rang
    read rebuilt redid repaid resold rewrote rode rose said sang sank sat saw sent set shed
    shone shook shot showed shrank shut slept slid slung smelt sold sought sped spelt spent
    spilt split spoke sprang spread spun stole stood strode strove struck stuck stung stunk
    swam swept swore swung taught thought threw thrust told took tore trod undercut understood
    undertook underwent upheld upset went wept withdrew withheld withstood woke won wore wove
    wrote wrung"""
)
# Those that never follow "was": where they stand, a clause has its verb.
ONLY_PAST = word_set(
    """sued died tied lied owed arose ate became befell began blew bore broke came chose drank drew drove fell fled flew
    forbade foresaw forgot froze gave grew hid knew mistook outdid outgrew overcame oversaw
    overtook ran rang rode rose sang sank sat saw shook shrank spoke sprang stole stood strove
    swam swore threw took tore undertook underwent went withdrew woke wore wrote"""
)

_DOUBLING = ("ch", "sh", "s", "x", "z", "o")


def third_person(plain: str) -> str:
    """The form after "he" or "it": carries, reaches, owns."""
    if plain.endswith("y") and plain[-2:-1] not in "aeou":
        return plain[:-1] + "ies"
    return plain + ("es" if plain.endswith(_DOUBLING) else "s")


ONLY_VERBS_S = frozenset(map(third_person, ONLY_VERBS))
ALSO_NOUNS_S = frozenset(map(third_person, ALSO_NOUNS))
PLAIN_FORMS = ONLY_VERBS | ALSO_NOUNS
