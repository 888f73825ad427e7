"""Words that say little by themselves, as stems: most cases use them, and anybody may say them of anything. Whatever
else a locked fact says is rare, and may give it away.
"""

from __future__ import annotations

from server.core.lexicon import words

COMMON: frozenset[str] = words(
    """
    able about abov accept across actually admitt afraid after afternoon afterward again against agre agree
    ahead aliv allergic allergy allow almost alon along already although altogether alway among analgesia angry
    animal another answer anybody anyon anyth anyway anywher apart apologis appear approach april arrang arriv
    asham ask asleep assessment august autumn awar away awful awkward baby back backward badly balanc band bank
    beach bear becam becaus becom bedroom befor begin beginn behind being believ bell belong below besid best
    beth better between bigger bird birth birthday biscuit black blam blanket ble blink blood blue board book
    boot borrow both bother bottl bottom bought bowel boxe brain brav bread break breath bright bring brok
    broken brother brought brown build burden burst business busy button buzz call calm cannot card care careful
    carefully carer carry case catch caught caus centr certain chair chanc chang charg chart check cheek cheer
    chemist chest children choic choos church circl clean clear clearly clever climb clinic clipboard clock clos
    close clothe coach coat coffe cold colder collect colour com come comfort comfortabl common company complain
    completely concern confus consent consider contact control conversation cope cord corner correct corridor
    cost cough could count counter country coupl courag cours cover cream cross crowd curtain daft daily danger
    dark date december decid decision deep definitely department depend depot describ desk detail die differ
    differenc different difficult direct dirty doctor doing done door dose doubt down dozen draw drawer drawn
    dread dream dress drink driv driver drop dur dying each earlier early earth easier easily easy eat edge
    eight eighteen eighty either eleven else embarrass empty enemy england english enjoy enough entir envelop
    equal equipment especially even event eventually every everybody everyon everyth everywher exact exactly
    exampl excus exhaust expect expensiv experienc explain extra fac face fact faint fair fairly faith fall
    family famou fast faster father fault favour february feed feel feet fellow felt fetch fever few field
    fifteen fifty fight figur file fill final finally find finger finish first five fix floor flower fold folder
    follow foolish foot forever forget forgiv forgot forgotten form fortnight forty forward found four fourteen
    fram fresh friday fridg friend frighten front fruit full funny further fuss futur garden gentl gett girl giv
    give given glad glass glasse going gone goodby gown grand grandchild great green grief ground group grown
    guess guilty habit hair half hall hand handl handover hang happen happy hard harder hardest hardly harm hav
    head headach health hear heart heavy height held hello help here herself hidden himself history hiya hold
    holiday home honest honestly hop hope horribl hospital hotel hour however humiliat hundr hurry husband idea
    ignor imagin immediat important impossibl inch inde infection insid instead interest invit itself january
    joint joke journey judg juic july june keep kept kettl kill kiss kitchen knee knew knif knock know known
    lady lanyard larg last late lately later latest laugh leader leaflet lean learn least leav leave leed left
    less letter level life lift light likely line list listen littl liv live local lock locker london lonely
    long longer longest look loos lose lost loud louder lovely lower lucky lying machin made main make manag
    manner many march mark market marry matter mayb mean meant measur medical medicin meet member memory mend
    mention metr middl might milk mind mine minut minute mirror miss mistak modern moment monday money month
    morn mostly mother mouth mov move muddl music must myself nak name near nearby nearly necessary neck need
    needl needle neighbour neither never next nice nicely night nine nineteen ninety nobody nois noisy none
    normal normally note noth notic nought november nowher number nurs nurse object obviou october offer offic
    often older open operat operation opinion opposit orang order ordinary other otherwis ought ourselve outsid
    overnight owner pack packag page paid pain pair palm paper parent park part particular party pass past
    patienc patient peopl perfect perhap person phon photo pick pictur piec pillow pink plac plain plainly plan
    plat play pleas plenty pocket point polic polit porter possibl poster power practic prefer prepar present
    press pressur pretend pretty pric privat priya probably problem procedur promis proper properly proud prov
    public pull push putt quarter question quick quickly quiet quietly quit rail rather reach reache read ready
    real realis really reason receiv recent record refus registrar regret regular relativ relevant remember
    repeat reply report respect rest result return right ring river road roll room roughly round routin rubbish
    rule runn rush safe salt saturday say scal school scor screen search second secret see seem seen seldom send
    sens sensibl sentenc sentence separat september seriou serv seven seventeen seventy several shak shall sham
    shap shar sharp sheet shelf shift shirt shoe shop short should shoulder shout show shower shown shut sick
    side sign silenc silent silly similar simpl simply sinc singl sister sitt sitter sixteen sixty size skin
    sleep slic slightly slip slipper slow slower slowly small smaller smell smil smile smok soft softer solid
    solv somebody somehow someth sometime somewher soon sooner sorry sort sound spac spar speak special spend
    spent spok spoken spoon staff stair stand start stat station stay steady step still stomach ston stood stop
    stopp story straight strang strap street strong student study stupid such sudden suddenly sugar suit summer
    sunday supper support suppos sure surely surgeon surgery surgical surpris swear sweet switch symptom system
    tabl tablet tak take taken talk tast teach team teeth telephon television tell telly temper temperatur
    terribl test thank their themselve ther thin thing think third thirteen thirty though thought thousand thre
    thread throat through throw thumb thursday tick ticket tight tightness till tilt time tir toast today
    together toilet tomorrow tongu tonight took touch toward towel tower town train transport travel tray treat
    treatment trolley troubl trouser true trust truth try tuesday tummy turn twelv twenty twic under underneath
    understand understandabl understood uniform unit unless until unwell upright upset upsid used useful usual
    usually valu view visit voic wage wait wake walk wall want ward warm wash watch watche water wear weather
    wedd wednesday week weekend weight welcom went whatever wheel wher whether which whil whit whoever whol whos
    wife wind window winter wish within without woman women wonder wooden word work world wors worst worth would
    wound wrist wristband writ write written wrong wrot yawn yeah year yellow yesterday young younger your
    yourself
    """
)
