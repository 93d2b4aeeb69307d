"""Words that the comparison of an English sentence with its evidence knows: lists, and nothing that does something."""

from __future__ import annotations

from genglossary_gui.core.review.grounding_parts import pairs

_STOP_WORDS = """
a an the this that these those it its they them their he she his her we our you your one ones other others another
each every all any some many most several both such own same and or nor but if then than so as at by for from in
into of off on onto out over to toward towards with within without about across along among around before after
during until till since through throughout under beneath below above between behind beside besides up down upon via
per against is are was were be been being am do does did done doing has have had having can could may might must
shall should will would not no never also only just very too even still yet already often usually typically
generally commonly sometimes always again further moreover however therefore thus hence when where while whenever
which who whom whose what why how there here because although though whether either neither unless once like unlike
rather quite instead more less least used use using usage called known named refers refer referred means mean
meaning defined describes describe described denotes term word name kind kinds type types sort form forms way ways
thing things something someone example examples instance e.g i.e etc purpose role case cases part parts set it's
namely specific specifically particular certain given various different similar order allow allows allowed let lets
get gets got getting give gives gave go goes going gone went come comes coming now anew itself himself herself
themselves requiring needing switching enable enables make makes made making become becomes take takes taken taking
provide provides provided serve serves involve involves include includes included including consist consists consisting
contain contains containing act acts occur occurs happen happens exist exists document documents text work works
working need needs needed require required requires based related involving able times aside apart usable permit permits
permitted permissible possible receive receives received remain remains remained stay stays stayed leave leaves left
last lasts lasting terms rate rates far due percent
"""
STOP = frozenset(_STOP_WORDS.split())
LIGHT = frozenset(
    (
        "use",
        "used",
        "using",
        "let",
        "make",
        "take",
        "give",
        "need",
        "require",
        "allow",
        "contain",
        "hold",
        "held",
        "carry",
    )
)
"""Common words that say something all the same: the right to use is not the right to sell."""
_GENERIC_WORDS = """
mechanism device system tool process method technique state practice measure facility document control unit
structure container function feature setting option software program application item object element component
person user people individual group set collection area place location condition situation action activity operation
procedure service result effect means approach attempt occurrence event time period amount number value level limit
range size length content data information entry record text file format goal aim reason task job position rule
regulation agreement arrangement concept idea phrase expression design plan body material substance space property
characteristic quality ability capacity possibility addition piece section portion reduce increase ensure prevent
avoid keep perform carry cause lead exist put create produce help achieve previously prior later afterwards
subsequently immediately automatically directly properly further additional entire whole complete available unable
necessary important main primary common usual general corresponding respective located situated designed intended
considered regarded determined together alongside repeatedly continuously regularly standard source point step stage
phase sequence series
"""
GENERIC = frozenset(_GENERIC_WORDS.split())
"""Words that a definition needs whatever it is about: that one of them is new says little."""
SAME_WORDS = """
store keep hold save retain maintain
hold lock fasten fix
raise lift elevate
lower reduce decrease diminish lessen
raise increase grow enlarge
begin start commence initiate
end finish stop terminate conclude
show display present
send transmit deliver
get receive obtain acquire
delete remove erase eliminate
create build generate produce construct
change modify alter edit
check verify confirm validate
choose select pick
find locate discover detect
fast quick rapid
large big great
small little tiny
quick immediate instant
buy purchase
help assist support
ask request query
answer reply respond response
run execute perform
fail failure failed
error fault mistake
limit restrict bound
link connect join attach
divide split separate
region area zone
place position location
top upper
consecutive row successive
small short
signal tell notify inform
estimate calculate compute
convert transform turn
move travel
moment point instant
ship vessel boat
about around approximately roughly
beneath below under
record register log
follow following subsequent
permit allow
forbid prohibit ban
user person people
restore recover
automatic automatically
daily day
weekly week
monthly month
yearly annual year
water waters
surround surrounding
fix secure
amount quantity sum
operate operation
switch turn toggle
method technique procedure approach process
late later latest
old previous former earlier
sit fit fitted placed mounted installed
final ultimate last eventual
pay paid salary wage
soon sooner short shorten fast faster early earlier
early earlier earliest
die death dead decease
restore recover back
replace exchange substitute swap
"""
_IRREGULAR_WORDS = """
bring brought
hold held
keep kept
send sent
give gave given
build built
write wrote written
lose lost
find found
run ran
begin began begun
choose chose chosen
break broke broken
leave left
feed fed
grow grew grown
know knew known
lead led
pay paid
sell sold
buy bought
tell told
meet met
win won
draw drew drawn
drive drove driven
fall fell fallen
rise rose risen
throw threw thrown
bind bound
stand stood
understand understood
teach taught
think thought
catch caught
seek sought
hear heard
sink sank sunk
shrink shrank shrunk
bend bent
lend lent
spend spent
wear wore worn
tear tore torn
freeze froze frozen
speak spoke spoken
steal stole stolen
lie lay lain
fly flew flown
swim swam swum
"""
BASE = {
    form: base for line in _IRREGULAR_WORDS.strip().splitlines() for base, *forms in [line.split()] for form in forms
}
OPPOSITES = pairs(
    """
before/after
up upward/down downward
increase raise grow/decrease reduce lower lessen
first/last
top/bottom
high higher highest/low lower lowest
large larger largest big/small smaller smallest
long longer longest/short shorter shortest
fast faster fastest quick/slow slower slowest
open opens opened/close closes closed
accept accepts accepted allow/reject rejects rejected refuse
always/never
all every/none
minimum least/maximum most
inside internal/outside external
input/output
client/server
sender/receiver
begin start/end finish
add insert/remove delete
enable enabled/disable disabled
encrypt/decrypt
public/private
left/right
hot warm/cold cool
early earlier/late later
above/below beneath under
with/against
required mandatory/optional
synchronous/asynchronous
odd/even
buyer/seller
upstream/downstream
automatic automatically/manual manually
same/different
online/offline
oldest/youngest newest
thick thicker/thin thinner
wide wider broad/narrow narrower
strong stronger/weak weaker
heavy heavier/light lighter
deep deeper/shallow shallower
hard harder/soft softer
wet damp/dry
vertical upright/horizontal
north northern/south southern
east eastern/west western
export/import
solid/hollow
"""
)
DIRECTIONS = frozenset(("before", "after", "up", "down", "above", "below", "with", "against"))
"""Common words: they oppose only before the same word."""
_ENDING_WORDS = """
s es ed d ing ion ions tion tions ation ations ational al ally er ers or ors ly ment ments able ible ably ance ence
ities ity ility ilities ness ic ical ically ive ives e y ies ied ier iest est le t nt ant ent ure ures sion is ize ise
izes ised ized izing ising ption ped ping ting ted ning ned red ring ling led
"""
ENDINGS = frozenset(("", *_ENDING_WORDS.split()))
