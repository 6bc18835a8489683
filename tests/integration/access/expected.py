"""Who gets what from every route: written by hand from the permissions table, never computed from the code.

One letter for each person, in the order of `world.COLUMNS`:

    a de msp gfl ct bvn z mspglct
    |  |  |   |  |   |  |  '-- the same roles elsewhere: manager, staff, peer, EISM, lead, commissioner, team
    |  |  |   |  |   |  '-- administrator
    |  |  |   |  |   '-- buyer, governance reader, national evaluator
    |  |  |   |  '-- commissioner, local programme team
    |  |  |   '-- EISM (guide), EISM of another region, lead manager
    |  |  '-- manager, staff, peer reviewer (named for the assessment `peer` and nothing else)
    |  '-- disabled manager, manager whose role ended yesterday
    '-- anonymous

    y served        w done and written     i input problem (400)    r refused by a rule (409)
    b sent back to the assessment's page   o sent on to another page, nothing written
    f forbidden, known to exist (403)      n nothing there (404)    s asked to sign in
    * whatever the line says of those who may

Everything is about Alder's things: *own* is in the middle, *other* at the right.
"""

from __future__ import annotations

PUBLIC = "* ** *** *** ** *** * *******"
SIGNED_IN = "s s* *** *** ** *** * *******"
MISSING = "s sn nnn nnn nn nnn n nnnnnnn"
# A page of one's role: everybody may know that there is such a page.
ADMINISTRATOR = "s sf fff fff ff fff * fffffff"
MANAGERS = "s sf *ff fff ff fff f *ffffff"
SERVICE_LIST = "s sf **f *** ** **f * **f****"
NEW_SERVICE = "s sf fff ff* ff fff * ffff*ff"
# A thing: whoever may not see it is told that nothing is there.
ADMINISTERED = "s sn nnn nnn nn nnn * nnnnnnn"
OWN_STAFF = "s sn *nn nnn nn nnn n nnnnnnn"
SERVICE = "s sn **n *** ** **n * nnnnnnn"
SERVICE_EDIT = "s sn *fn ff* ff ffn * nnnnnnn"
SERVICE_ADMINISTER = "s sn ffn ff* ff ffn * nnnnnnn"
SERVICE_START = "s sn **n fff ff ffn f nnnnnnn"
SERVICE_PLAN = "s sn **n *ff ff ffn f nnnnnnn"
PLAN = "s sn **n *n* ** nnn n nnnnnnn"
PLAN_EDIT = "s sn **n *nf ff nnn n nnnnnnn"
PLAN_AGREE = "s sn *fn *nf ff nnn n nnnnnnn"
# An assessment that is not final: those who work on it.
OPEN = "s sn **n *n* nn nnn n nnnnnnn"
OPEN_PEER = "s sn *** *n* nn nnn n nnnnnnn"
EDIT = "s sn **n fnf nn nnn n nnnnnnn"
MANAGE = "s sn *fn fnf nn nnn n nnnnnnn"
GUIDE = "s sn ffn *nf nn nnn n nnnnnnn"
GUIDE_PEER = "s sn ff* fnf nn nnn n nnnnnnn"
# Pages of those who may; the others who may read the assessment are sent back to it.
EDIT_PAGE = "s sn **n bnb nn nnn n nnnnnnn"
MANAGE_PAGE = "s sn *bn bnb nn nnn n nnnnnnn"
GUIDE_PAGE = "s sn bbn *nb nn nnn n nnnnnnn"
GUIDE_PAGE_PEER = "s sn bb* bnb nn nnn n nnnnnnn"
GUIDE_ITEM = "s sn oon *no nn nnn n nnnnnnn"
# A final assessment is a published review.
FINAL = "s sn **n *** ** **n n nnnnnnn"
FINAL_FILES = "s sn **n *n* nn nnn n nnnnnnn"
FINAL_FILES_FORBIDDEN = FINAL_FILES
# External reviews of Alder, with a tenth group: lead reviewer, second reviewer, observer, moderator.
REVIEW = "s sn **n *n* nn nnn n nnnnnnn ****"
REVIEW_LIST = "s sf **f *** ff fff f **f**ff ****"
REVIEW_PLAN = "s sn ffn *f* ff ffn f nnnnnnn ffff"
REVIEWERS = "s sf fff *** ff fff f fff**ff ****"  # EISMs and lead managers, of any contract
LEAD_MANAGERS = "s sf fff ff* ff fff f ffff*ff ffff"
CONTRACT_LEAD = "s sn nnn nn* nn nnn n nnnnnnn nnnn"
CONTRACT = "s sn nnn *** nn nnn n nnnnnnn ****"
INSIDE_EARLY = "s sn nnn nn* nn nnn n nnnnnnn ***n"  # moderators see in from moderation on
INSIDE = "s sn nnn nn* nn nnn n nnnnnnn ****"
OWN_SHEET = "s sn nnn nnn nn nnn n nnnnnnn ***n"
SHOWN_FILES_EARLY = "s sn **n nn* nn nnn n nnnnnnn ***n"
SHOWN_DRAFT = "s sn **n nn* nn nnn n nnnnnnn ****"
# Acting on a review: whoever sees it and may not do this is told so.
PLANS = "s sn ffn *n* nn nnn n nnnnnnn ffff"
PLANS_PAGE = "s sn bbn *n* nn nnn n nnnnnnn bbbb"
LEADS = "s sn ffn fnf nn nnn n nnnnnnn *fff"
LEADS_PAGE = "s sn bbn bnb nn nnn n nnnnnnn *bbb"
LEADS_INSIDE = "s sn nnn nnf nn nnn n nnnnnnn *fff"
LEADS_DRAFT = "s sn ffn nnf nn nnn n nnnnnnn *fff"
LEADS_INSIDE_PAGE = "s sn nnn nnb nn nnn n nnnnnnn *bbb"
ASKS = "s sn ffn fnf nn nnn n nnnnnnn **ff"
PREPARES = "s sn **n fnf nn nnn n nnnnnnn ffff"
PREPARES_FILES = "s sn **n nnf nn nnn n nnnnnnn fffn"
AUDITS = "s sn *fn fnf nn nnn n nnnnnnn ffff"
NOTES = "s sn nnn nnf nn nnn n nnnnnnn ***n"
AGREES = "s sn nnn nnf nn nnn n nnnnnnn **fn"
ANSWERS = "s sn nnn nnf nn nnn n nnnnnnn **ff"
MODERATES = "s sn nnn nnf nn nnn n nnnnnnn fff*"
MODERATES_PAGE = "s sn nnn nno nn nnn n nnnnnnn ooo*"
TICKS = "s sn **n *n* nn nnn n nnnnnnn ffff"  # the service its own steps, the planner every step
MEETS = "s sn **n fnf nn nnn n nnnnnnn ***f"
COMMENTS = "s sn **n nnf nn nnn n nnnnnnn ffff"
SENDS = "s sn *fn nnf nn nnn n nnnnnnn ffff"
DECIDES = "s sn ffn nnf nn nnn n nnnnnnn **ff"
# The moderation of a guided self-assessment.
MODERATION = "s sn nnn *n* nn nnn n nnnnnnn nnn*"
MODERATION_ACT = "s sn nnn fnf nn nnn n nnnnnnn nnn*"
MODERATION_PAGE = "s sn nnn ono nn nnn n nnnnnnn nnn*"
MODERATION_GUIDE = "s sn nnn *nf nn nnn n nnnnnnn nnnf"
MODERATION_NAME = "s sn nnn fn* nn nnn n nnnnnnn nnnf"
