"""The words that mention a subject of the stop and urgent rules, in English and Spanish, as people type them.

Phrases stand between slashes: words in a row, without capitals, accents or apostrophes. `seizure*` is any word that
begins so, `a|b` is either, `[old]` may be missing, `@drugs` is any of that group, `..` stands for up to four words.
`#teen` is a number from 8 to 17, `#count` one of up to two digits, `#many` one from 5, `#pressure` one of two or three
digits. `but_not` are phrases that only look like it.

Recall is raised by adding words here; every change is measured on the list in tests/screening/data/mentions.csv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "someone": """
            someone somebody people others him her them anyone everyone wife husband kids kid son daughter ex
            boss neighbor neighbour mother father mom dad brother sister partner boyfriend girlfriend coworker
            baby child children
        """,
        "alguien": """
            alguien gente otros jefe vecino vecina esposo esposa hijo hija bebe ex pareja mama papa hermano
            hermana nadie
        """,
        "painkillers": """
            opioid* opiate* opiaceo* oxy oxys oxycontin oxycodone percocet* perc percs norco* vicodin*
            hydrocodone tramadol morphine dilaudid codeine roxy roxys hidrocodona oxicodona morfina codeina
        """,
        "drugs": """
            cocaine coke crack meth methamphetamine* crystal speed ecstasy mdma molly inhalants cocaina
            metanfetamina* cristal piedra
        """,
        "numbing": """
            anesth* anaesth* anestes* lidocaine lidocaina novocaine novocain propofol anesthetic* numbing
        """,
        "steroid": """
            steroid* esteroide* cortisone cortisona prednisone prednisona prednisolon* medrol dexamethasone
            dexametasona kenalog decadron cortico* hydrocortisone hidrocortisona methylprednisolone
        """,
        "ketamine": """
            ketamine ketamina esketamine spravato ketalar
        """,
        "bad": """
            bad badly horrible terrible awful severe serious scary allergic weird mala malas fuerte grave
            alergica terribles
        """,
        "abuser": """
            husband wife partner boyfriend girlfriend ex he she dad mom father son brother roommate stepdad
            fiance
        """,
        "hurt": """
            hurt* harm* injur* lastim*
        """,
    }
)
"""Words of a kind, by the name that phrases call them by."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is looked for. `of_relatives` is the subject it becomes when a blood relative has it; without one, what is
    said of others is no mention. `of_others` subjects are about other people themselves. `fear` counts as a mention.
    """

    phrases: tuple[str, ...]
    but_not: tuple[str, ...] = ()
    of_relatives: str | None = None
    of_others: bool = False
    fear: bool = False


def _phrases(text: str) -> tuple[str, ...]:
    """The phrases of a text, with the groups they name written out."""
    whole = re.sub(r"@(\w+)", lambda found: "|".join(GROUPS[found[1]].split()), text)
    return tuple(phrase for part in whole.split("/") if (phrase := " ".join(part.split())))


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "suicide": Subject(
            _phrases(
                """
                suicid* / self harm* / selfharm* / unalive* / autolesion* / kill* myself / kill* my self / kms /
                end* my life / end* it all / end it / take* my [own] life / took my own life /
                taking my [own] life / @hurt myself|me [on] [purpose] / cut* myself / burn* myself /
                cut* my wrists|arms / dont|not|never want|wanna to|2 live|exist / dont|not want to be here|alive
                / dont wanna live|be|exist|wake / want*|wanna [to] die / wish* .. dead / wish* i [would] .. die
                / wish* i wasnt here|born|alive / wish* i was never born / better off dead /
                better off without me / sleep and never|not wake /
                hope*|wish*|pray* .. never|not|dont|wont|wouldnt wake / not waking up / wouldnt wake up /
                think* about|of dying|death / thoughts of dying|death / think* of dying /
                reason|point to|in live|living|going / worth living / tired of being alive|here /
                wish* .. could [just] die / dont want to exist|be alive / no point anymore / no reason to live /
                nothing to live for / life .. not worth living / tired of living|life / cant go on /
                rather be dead / rather die / plan to die / ready to die / jump* off .. bridge / ideation /
                point in living / thoughts of ending / wanting to die / started cutting / slit my wrists /
                off myself / be gone forever / hurt*|harm*|cut* my self / gun to my head /
                be easier if i [was|were] dead|gone / want to disappear / self injur* / took pills to die /
                dont want to live / no quiero estar aqui|vivo|viva / quise matarme|morir* /
                me quise|quiero matar|morir / hacerme algo / ganas de no despertar /
                desaparecer [para] [siempre] / pienso en morir / hang* myself / shoot* myself / shot myself /
                overdose* on purpose / attempt* on my life / quitarme la vida / matarme / suicidarme /
                acabar con mi vida|todo / terminar con mi vida|todo /
                no quiero|quisiera vivir|seguir|existir|despertar / quiero|quisiera morir* / morirme /
                hacerme dano / lastimarme / me corto|corte|cortaba / ganas de morir*|vivir / sin ganas de vivir
                / mejor sin mi / mejor muert* / estar muert* / estuviera muert* / pensar|pienso en la muerte /
                cortarme
                """
            ),
            but_not=_phrases(
                """
                cut myself off|shaving|cooking|some / want to die laughing / suicide squad|prevention /
                me corto el|las pelo|unas
                """
            ),
            fear=True,
        ),
        "harm-others": Subject(
            _phrases(
                """
                @hurt [my|the] [ex|own|old] @someone / kill* [my|the] [ex|own|old] @someone /
                strangl*|stab*|shoot*|attack* [my|the] [ex|own] @someone / homicid* / murder* /
                violent thoughts|urges / urge* to hurt|kill|attack / snap and hurt /
                matar a [mi|mis|la|un] @alguien / hacerle|hacer|haria dano a [mi|mis|la|un] @alguien /
                lastim* a [mi|mis|la|un] @alguien / golpear a / ideas homicidas / hacerles dano / matarl* /
                hacerle dano / lastimarl* / pegarle a / quiero matar a / lose control and hit|hurt /
                punch* [my|the] [ex] @someone / hurt people / kill people / hurt him|her|them|others
                """
            ),
            but_not=_phrases(
                """
                kill for / killing time / murder mystery / hurt someones feelings
                """
            ),
            fear=True,
        ),
        "emergency": Subject(
            _phrases(
                """
                cant|cannot|couldnt breathe / cant get [any|enough] air / cant catch my breath / hard to breathe
                / trouble|difficulty|problem* breathing / short* of breath / sob / gasping / choking / faint* /
                pass* out / passing out / black* out / blacking out / collaps* / lost consciousness / syncope /
                unconscious / face .. droop* / droop* face / slurred|slurring speech / speech .. slurred /
                arm|leg|side|hand went|goes|is|feels weak|numb|limp|dead / sudden* weak* / sudden* numb* /
                weak on one side / turn* blue / lips .. blue / breathing .. hard|difficult*|trouble|problem* /
                blackout* / black outs / cant feel my [left|right] arm|leg|face|side / one side of my face|body
                / stopped breathing / sin aire / me ahogaba|ahogando / perdi la conciencia / me desvanec* /
                no podia respirar / respiro mal / no puedo|podia respirar / me falta [el] aire / falta de aire /
                me ahogo / dificultad para respirar / desmay* / perdi el conocimiento / perdida de conocimiento
                / se me cae .. cara / cara caida / debilidad repentina / se me durmio .. brazo|lado|pierna /
                me cuesta respirar
                """
            ),
            but_not=_phrases(
                """
                choked|choking up / faint of|praise|smell|memory|hope|line / collapsible /
                collapse on the couch|bed
                """
            ),
        ),
        "chest-pain": Subject(
            _phrases(
                """
                chest|chst|chset|cest|chesst pain*|pian*|hurt*|tight*|ache*|pressure|heaviness|discomfort /
                pain* in|across [my|the] [left] chest / tight* [in] [my|the] chest /
                pressure in|on [my|the] chest / chest feels tight|heavy / heav* on my chest /
                elephant on my chest / crushing .. chest / squeez* .. chest / dolor* de|en [el] pecho /
                aprieta el pecho / me duele .. pecho / presion en el pecho / opresion .. pecho / pecho apretado
                / punzada* .. pecho / dolor* .. pecho / pecho .. duele|apreta*|aprieta /
                chest is|feels|gets|felt tight|heavy|sore / chest .. tight* / heart pain* / pain .. chest
                """
            ),
            but_not=_phrases(
                """
                off my chest
                """
            ),
        ),
        "back-warning": Subject(
            _phrases(
                """
                numb* .. between my legs / between my legs .. numb* / numb* .. groin|genital*|crotch|saddle|butt
                / saddle .. numb* / groin .. numb* / cauda equina /
                cant|cannot hold my|it|the [in] [pee|urine|poop|bladder|stool|bowels] / cant hold pee|urine|poop
                / los* control of my bladder|bowel*|pee|poop / wet* myself / wetting the bed / pee* myself /
                poop* myself / soil* myself / incontinen* / cant feel .. wipe / cannot feel .. wipe /
                trouble holding [my] urine|stool|pee|poop / cant control my bladder|bowel* / numb down there /
                numb .. private* / private* .. numb* / leak* urine|pee|poop / los* [of] bladder|bowel control /
                bladder|bowel control / no control of my bladder|bowel* / accidents in my pants / pee on myself
                / no siento .. limpi*|orin* / se me escapa [la|el] orina|pipi|popo / escapa la orina /
                perdi [el] control de .. vejiga|esfinter*|intestino* / me hago encima|pipi|popo /
                entre las piernas / no aguanto|retengo la orina / se me sale|salio [la|el] orina|popo|pipi|caca
                / me orino|orine encima / no controlo [la|el|mi] vejiga|esfinter*|orina /
                partes intimas .. dormid*|adormecid* / adormecid* .. partes intimas|ingle
                """
            ),
        ),
        "headache-changed": Subject(
            _phrases(
                """
                worst headache* / worst .. headache .. life / sudden* .. headache* / headache* .. sudden* /
                thunderclap / new [kind|type] [of] headache* / headache* .. different / headache* .. changed /
                headache* .. changing / headache* .. getting worse|stronger / change* in my headache* /
                headache* .. wak* me / headache .. lying down / headache* .. throw* up / headache* .. vomit* /
                headache* .. blurr* / migraine* .. changed|different / exploding headache / peor dolor de cabeza
                / dolor de cabeza repentino / dolor* de cabeza .. distint*|diferente*|cambi* /
                cambi* .. dolor* de cabeza / dolor de cabeza nuevo|subito /
                dolor de cabeza .. nunca|golpe|repente|despiert* / headache* .. never .. before /
                headache .. out of nowhere / came on sudden* .. headache / headache* .. worse /
                migraine* .. worse / dolor de cabeza .. vomit* / nuevo dolor de cabeza
                """
            ),
        ),
        "brain-pressure": Subject(
            _phrases(
                """
                brain tumor*|tumour*|mass|lesion|cancer / tumor* in|on my|the brain|head / glioma / meningioma /
                hydroceph* / pseudotumor / vp shunt / shunt in my|the brain|head / brain shunt / shunt /
                fluid on|in|around [my|the] brain / water on [the] brain / intracranial [hypertension|pressure]
                / iih / pressure in my head|skull|brain / brain pressure / brain swelling /
                swelling in|of [my|the] brain / tumor* .. cerebr*|cabeza|cerebro / hidrocefalia /
                agua|liquido en el|la cerebro|cabeza / valvula .. hidrocef* / presion en la cabeza /
                hipertension intracraneal / masa en el cerebro / tumor cerebral / presion intracraneal /
                derivacion ventric* / brain cyst / growth in|on my brain / neuroma / cyst in|on my brain
                """
            ),
        ),
        "head-injury": Subject(
            _phrases(
                """
                concus* / tbi / traumatic brain / brain injury / head injury|trauma|wound / injur* [to] my head
                / hit my head / hit on the head / bump* my head .. hard|out / bang* my head / skull fracture /
                fractured|cracked [my] skull / knocked out / knocked unconscious / blow to the head /
                brain bruise / head .. car accident|crash|wreck / golpe .. cabeza /
                golpee|golpeado|golpie .. cabeza / conmocion / contusion cerebral / me pegue .. cabeza /
                traumatismo / hit [the] head / my head hit / cracked my head / head bleed / blow to my head /
                fell .. hit .. head / stitches in my head / trauma craneal / me golpee la cabeza /
                caida .. cabeza / traumatismo craneo* / lesion cerebral / craneo fractur* / fractura de craneo
                """
            ),
            but_not=_phrases(
                """
                banging my head against / nail on the head
                """
            ),
        ),
        "seizures": Subject(
            _phrases(
                """
                seizure* / seizur* / seziure* / siezure* / seisure* / sezure* / sz / convuls* / combuls* /
                epilep* / grand mal / tonic clonic / fits / a [small|little|bad] fit / had|have|having fits /
                petit mal / absence spells / status epilepticus / ataque* epilept* / ataques convuls* /
                crisis convuls*|epilept* / convulcion*
                """
            ),
            but_not=_phrases(
                """
                fits me|my|in|well|into|the|your|with|her|him / throws|threw|throwing|throw [a] fit* /
                fit and well / hissy fit / coughing|laughing|sneezing|crying fit* / keep* fit / get* fit /
                a fit of / good fit / right fit / a fit for / fits and starts / fit of rage|laughter
                """
            ),
            of_relatives="family-seizures",
        ),
        "under-age": Subject(
            _phrases(
                """
                im|am [only|just|almost|nearly|still] #teen / i turn|turned|turning 18|17|16 /
                turn* 18 [in|on|next|this|soon] / under 18 / under eighteen / am|im|still|being a minor /
                a minor so|and / not 18 yet / not yet 18 / sixteen|seventeen|fifteen years old /
                im|am sixteen|seventeen|fifteen / i am #teen years old / #teen years old / #teen yo /
                #teen year old / seventeen|sixteen|fifteen / in high school|10th|11th|9th grade /
                tengo dieciseis|diecisiete|quince|catorce / tengo solo|apenas|nomas #teen /
                cumplir|cumpli|cumplo #teen|18 / tengo #teen anos / soy menor [de] [edad] / cumplo 18|17|16 /
                no tengo 18 / menor de edad
                """
            ),
            but_not=_phrases(
                """
                since|in|from|after|when .. high school / since|in high school /
                seventeen|sixteen|fifteen years|months|weeks|days ago|sober|clean|of /
                at|when|age|was sixteen|seventeen|fifteen /
                im|am #teen months|weeks|days|hours|minutes|percent|lbs|pounds|years / since|when i was .. #teen
                / at|age #teen / tengo #teen anos sin|de|con|en|limpi*|casad*|sobri* /
                i am #teen years sober|clean|out|in|into|married / tengo #teen anos que /
                since|until im|am #teen / when i was #teen years old
                """
            ),
        ),
        "no-agreement": Subject(
            _phrases(
                """
                dont|not want to|2 do|be [in|doing|having] this|here / did|do not want this /
                dont|didnt want this [treatment|form] / dont want ketamine|treatment /
                making me do|come|fill|take|sign / is|are|was making me / made me come|do|fill|sign /
                forced to|into [come|do|be] / forcing me / forced me / against my will /
                not my choice|idea|decision / court order* / have no choice / never agreed / didnt agree /
                dont agree with this / pressured|pressuring [me|into] / without my consent / they made me /
                my idea not / only here because / no part of this / not want any of this / being made to /
                no doy mi consentimiento / presionan|presionando|forzando|obligando / contra mi voluntad /
                a la fuerza / me trajeron / dont consent / do not consent / signed me up / being pushed into /
                me obligan|obliga|obligaron|forzaron / no quiero hacer esto|este /
                no quiero este|el|la tratamiento|ketamina|medicina / en contra de mi voluntad /
                yo no quiero [este] / no estoy de acuerdo / no fue mi decision / orden* del juez|juzgado
                """
            ),
            but_not=_phrases(
                """
                dont want to be here anymore / yo no quiero morir|vivir
                """
            ),
            of_others=True,
        ),
        "high-blood-pressure": Subject(
            _phrases(
                """
                high|elevated|uncontrolled blood pressure / high bp / bp high / bp .. high /
                blood pressure .. high|up|spik* / hypertens* / hypertenc* / hypertent* / htn /
                for [my|the|high] blood pressure / for [my] bp / blood pressure med*|pill*|tablet*|medicine* /
                bp [was|is|of|at] #pressure / blood pressure [was|is|of|at] #pressure / presion .. #pressure /
                presion .. descontrol*|incontrolad* / presion [esta|muy|bien|siempre|me|se|sale] alta /
                presion me sube /
                blood pressure|bp|pressure [is|was|still|has] [been] not|isnt|never|wont|uncontrolled / for bp /
                bp med*|pill*|medicine / blood pressure [is|was] out of control / precion|preson|prescion alta /
                presion no [esta|se] control* / pressure .. through the roof / pressure was|is|of|at #pressure /
                #pressure over #pressure / presion [arterial] alta|elevada / alta presion / hipertens* /
                para [la|mi] presion / alta la presion / pastilla* .. presion / presion .. subio|sube
                """
            ),
            but_not=_phrases(
                """
                high pressure sales|job|work|washer / intracranial hypertension / hypertension intracraneal /
                low blood pressure / pulmonary hypertension clinic
                """
            ),
        ),
        "adrenal-tumor": Subject(
            _phrases(
                """
                pheo / pheochromo* / phaeochromo* / paraganglioma* /
                adrenal [gland] tumor*|tumour*|mass|nodule|adenoma|lump /
                tumor*|mass|lump|growth|nodule on|in [my|the] adrenal* / feocromo* /
                tumor* .. suprarrenal*|adrenal* / masa .. suprarrenal*|adrenal* / suprarrenal tumor*
                """
            ),
        ),
        "heart": Subject(
            _phrases(
                """
                heart attack* / heartattack* / cardiac arrest / myocardial / mi and|in stent*|20 / my mi / an mi
                / stent* / bypass / cabg / angina / chf / afib / heart failure / congestive heart / heart fail*
                / heart stopped / heart surgery|operation|disease|trouble|problem*|condition|valve /
                cardiomyopathy / heart gave out / pacemaker / defibrillator / heart rhythm / irregular heart* /
                weak heart / arrhythmia* / heart block / coronary / died suddenly / sudden death|cardiac /
                dropped dead / died .. his|her|the heart / a fib / svt / atrial fib* / valve replac*|repair* /
                leaky valve / cardiac history|event|surgery|bypass|issue*|problem* / heart issue* /
                enlarged heart / long qt / v tach / vtach / widow maker / open heart / heart transplant /
                infarto* / ataque* al|del corazon / corazon grande|debil|agrandado|abierto / fallo cardiaco /
                falla del corazon / ataque cardiaco / insuficiencia cardiaca / paro cardiaco / marcapaso* /
                falla cardiaca / angina de pecho / problema* .. corazon / enferm* del corazon / muerte subita /
                arritmia* / operar* .. corazon / operaron del corazon / cateterismo
                """
            ),
            but_not=_phrases(
                """
                nearly|almost|practically|close to .. heart attack / casi .. infarto / gastric bypass /
                give* me a heart attack / gave me a heart attack / bypass the|this|that /
                had a heart attack when i saw / heartburn
                """
            ),
            of_relatives="family-heart",
        ),
        "aneurysm": Subject(
            _phrases(
                """
                aneurys* / aneurism* / anurysm* / anurism* / annurysm* / avm / arteriovenous /
                tangled [blood] vessels / aaa / cavernoma / vascular malformation / bulge in .. vessel|artery /
                aneurisma* / malformacion arterio* / mav
                """
            ),
            but_not=_phrases(
                """
                nearly|almost .. aneurys* / casi .. aneurisma
                """
            ),
        ),
        "stroke": Subject(
            _phrases(
                """
                stroke* / storke / tia / tias / ministroke* / brain bleed* /
                bleed* on|in|around [my|the] brain|head / hemorrhag* .. brain / brain hemorrhage* / subdural /
                subarachnoid / cva / brain haemorrhage* / clot in|on my brain / blood clot .. brain / ischemic /
                bleeding in|on|around [my|the] brain / brain .. bleed* / hemorrhagic / ataque cerebral|isquemico
                / isquemi* / sangrado .. cerebr* / coagulo .. cerebr* / derrame* [cerebral] / embolia* / ictus /
                acv / evc / hemorragia cerebral / infarto cerebral / apoplejia / trombosis cerebral
                """
            ),
            but_not=_phrases(
                """
                stroke of / heat stroke* / heatstroke / breast stroke / breaststroke / back stroke /
                stroke my|the|her|his|a cat|dog|hair / stroke my / strokes of /
                mi|la|una|su|otra|nuestra|tu|de|con tia / tia materna|paterna / embolia pulmonar /
                different strokes / brush strokes
                """
            ),
        ),
        "psychosis": Subject(
            _phrases(
                """
                psychos* / psychot* / physcos* / phsycos* / psycosis / schizo* / skitzo* / schitzo* /
                hallucinat* / halucinat* / delusion* / hear* [the|some] voices /
                hear* .. not|arent|isnt|wasnt there / hear* people talking|whispering|calling / see* shadow* /
                delusional / touch with reality / hear* things / heard voices / the voices /
                voices tell|told|telling|in my head / voices / see* things .. not|arent there|real /
                saw things .. not|werent there|real / seeing|see things|people / paranoi* / psicos* / psicot* /
                esquizo* / alucina* / oigo|escucho|oia|escuchaba|oyendo|escuchando voces / voces [que|en] /
                veo|vi|veia cosas .. no / delirios / brote psicotico / oir voces / voces en mi cabeza /
                escuche voces / me persiguen / hear* whisper* / lost touch with reality / break from reality /
                people .. following|watching me / watching me / seeing shadows / tv .. talking to me
                """
            ),
            but_not=_phrases(
                """
                voice lesson* / see* things .. clear*|differently|through|done|positive* / veo .. cosas .. clar*
                / psychosocial / psychosomatic / raise* .. voices / loud voices / childrens|kids voices /
                see people|family|friends / seeing people|family|friends / see people again / hear things from
                """
            ),
            of_relatives="family-psychosis",
        ),
        "mania": Subject(
            _phrases(
                """
                mania / manic / manias / manico / hypomani* / maniac* / maniaco / hipomani* / mixed episode* /
                manic depress*
                """
            ),
            but_not=_phrases(
                """
                manic monday / maniac / like a maniac / mania de / manias de / tengo la mania / monday
                """
            ),
        ),
        "mental-health-hospital": Subject(
            _phrases(
                """
                psych ward|hospital*|unit|floor|stay|hold|admission*|facility /
                psychiatric ward|hospital*|unit|stay|admission*|facility|hold / inpatient psych* /
                mental hospital*|ward|institution / sectioned / baker act* / 5150 / involuntary hold /
                committed to / hospitali* .. depress*|suicid*|anxiety|mental|ptsd|breakdown|bipolar|psych* /
                72 hour|hr hold / 72hr hold / mental health unit|ward|facility|hospital* /
                psych* inpatient|admit* / section 2|3 / crisis unit /
                admitted for depress*|suicid*|mental|psych* / locked ward|unit / psych er / institutionali* /
                behavioral health unit|hospital / inpatient for depress*|suicid*|mental / psiquiatrico /
                psiquiatrica clinica / clinica psiquiatrica / en psiquiatria / hospital mental|psiquiatrico /
                internamiento / hospitaliz* .. depres*|ansiedad|intento|suicid*|mental /
                internad* .. salud mental|depres*|psiqui* / internaron .. salud mental|depres*|psiqui* /
                ingres* .. psiqui* / manicomio / internado .. salud mental
                """
            ),
            but_not=_phrases(
                """
                work* .. mental|psych|psychiatric hospital*|ward|unit / sectioned into / sectioned off /
                committed to getting|my|the|this|being
                """
            ),
        ),
        "opioid-misuse": Subject(
            _phrases(
                """
                heroin* / heroina / fentan* / fent / smack / street opioid*|opiate*|pills|percs|oxys|drugs /
                addict* to [my] pain pill*|killer*|med* / addict* to opioid*|opiate*|painkiller*|pills /
                hooked on [my] pain pill*|killer*|med* / addict* to @painkillers /
                hooked on [the|my] @painkillers|painkiller*|pills /
                snort*|shoot*|inject*|crush*|smok* [my|the|some] @painkillers|pills /
                buy*|bought|score*|get* [my|some] @painkillers|pills .. street|dealer|friend|guy|online /
                @painkillers|painkiller*|pain med*|pain pill*|pain killer* .. more than /
                more [of] [my|the] @painkillers|painkiller*|pain .. than /
                run out of [my] @painkillers|pain early /
                opioid|opiate addict*|abuse|use disorder|problem|dependence|withdrawal* /
                pain pill addict*|problem|habit / methadone clinic|program|maintenance / oud / dope /
                abus* [my] pain pills|opioids|oxys|percs|meds / elses pain pill*|med*|oxy* /
                extra pain pill*|med* / pain pill*|med* .. early / pastillas .. sin receta / opioid addiction /
                adict* a las|los pastillas|opioides|opiaceos|analgesicos|calmantes /
                enganchad* .. pastillas|opioides / adict* a|al [la|los] @painkillers /
                mas @painkillers de lo que / mas pastillas de lo|las que /
                adiccion a los opioides|opiaceos|pastillas / compro pastillas
                """
            ),
            but_not=_phrases(
                """
                my heroine / fentanyl during|for surgery / not addictive
                """
            ),
        ),
        "overdose": Subject(
            _phrases(
                """
                overdos* / ods / od / oded / od d / od on / narcan* / naloxone me|revived /
                whole|entire|full bottle of / swallowed [a|the|all] bottle|pills / took all my pills|meds /
                bunch of pills / handful of pills / stomach pumped /
                took too much of|xanax|oxy|fentanyl|heroin|pills / too many pills / lavado de estomago /
                todas mis pastillas / muchas pastillas / me tome .. frasco|pastillas de mas / sobredosis /
                todo el frasco / todas las pastillas / frasco entero|completo
                """
            ),
            but_not=_phrases(
                """
                overdo it / od taking|daily / mg od / once od / carry narcan / have narcan / od eye /
                narcan|naloxone .. friend|brother|sister|cousin|roommate|son|neighbor|daughter
                """
            ),
        ),
        "alcohol-drugs": Subject(
            _phrases(
                """
                alcoholi* / alcohol problem|abuse|withdrawal*|addict*|poisoning|use disorder /
                drink* too|way [too] much / drink* [way] too / drink* heavily|daily / drink* every|all day|night /
                stop drinking / quit drinking / drink* .. vodka|whiskey|bottle*|fifth|handle|pint*|liquor /
                fifth of vodka|whiskey|rum / bottle of wine|vodka|tequila|whiskey|rum .. day|night / #many beers
                / case of beer / six pack / 12 pack / binge drink* / shakes .. drink*|alcohol /
                drunk every|daily|all|most / heavy drinker / blackout drunk / dui / using|use|used drugs /
                do|did|doing drugs / wine every|each night / drink to sleep / hit the bottle /
                drink every|each|all / drinking every|daily|all|again|problem|heavily / dts / detox* /
                benzo withdrawal* / withdrawal* / @drugs / drug problem|habit|addict*|abuse|use disorder|rehab /
                addict* to drugs|benzos|xanax|adderall|alcohol|meth|coke|speed /
                rehab for drugs|alcohol|drinking|pills|meth|cocaine|opiates / in rehab / went to rehab /
                aa meeting* / na meeting* / drug addict* / recovering addict*|alcoholic* /
                relaps* .. drink*|alcohol|drug* / addict in recovery / abuse* xanax|benzos|adderall /
                botella de .. dia|noche|diari* / borrach* / bebo mucho|demasiado|diario|todos|cada /
                tomo alcohol .. dia*|mucho|demasiado|noche* / mucho alcohol / demasiado alcohol / emborrach* /
                tomo mucho|demasiado / cerveza* .. diari*|dias|noches|dia / copas de mas /
                cervezas al|por|cada dia|noche / fumo piedra|cristal|crack / sindrome de abstinencia /
                adict* a|al [la|las|el] drogas|alcohol|cocaina|cristal|piedra /
                problema* con el alcohol|las drogas / tiembla* .. alcohol|tomo / #many cervezas /
                uso|consumo drogas / alcoholismo / dejar de tomar|beber / centro de rehabilitacion / drogadict*
                """
            ),
            but_not=_phrases(
                """
                crack of dawn / diet coke / coke zero / cherry coke / rum and coke / can of coke /
                crack* .. back|neck|joints / speed limit|up|things|bump / crystal clear / at speed /
                tobacco withdrawal / nicotine withdrawal / caffeine withdrawal / cristal de / social withdrawal
                / withdrawal from friends|life|people / de cristal / piedra* en|del / crystal ball /
                cash withdrawal* /
                tomo mucho|mucha|demasiado|demasiada cafe|agua|te|refresco|leche|soda|coca|pastillas|medicinas /
                paint* speed / antidepressant withdrawal / non alcoholic / rehab for my / speed walking
                """
            ),
        ),
        "ketamine-use": Subject(
            _phrases(
                """
                hooked|addict* on|to @ketamine|k|ket /
                stop|quit using|taking|snorting|doing|buying @ketamine|k|ket /
                crav* [more] [for] @ketamine|k|ket / street @ketamine|k|ket /
                @ketamine|ket|k .. off|on the street / @ketamine from a dealer|friend|online|guy /
                snort*|inject*|smok*|buy* [some|street] @ketamine|k|ket /
                @ketamine|k addict*|habit|problem|abuse|binge* / ketamine addiction / more ketamine than /
                use|used|using|do|did|doing ketamine|ket at|on|every|recreation*|with|for / special k / k hole /
                khole / recreational ketamine / ketamine recreational* / ketamine at parties|raves|clubs /
                enganchad*|adict* a|con|de [la] @ketamine / adiccion a la ketamina /
                uso ketamina para|en|cada|los / mas ketamina de lo / ketamina .. calle|fiesta*|amigo /
                compro|compre ketamina / dejar [de] [usar|tomar|la] ketamina / ansias de ketamina /
                inhalo ketamina / necesito mas ketamina
                """
            ),
            but_not=_phrases(
                """
                special k cereal|bar*|breakfast / not addictive / cereal
                """
            ),
        ),
        "theophylline": Subject(
            _phrases(
                """
                theophyl* / theophil* / teophyl* / theo 24 / theo24 / theo dur / theodur / theochron / uniphyl*
                / elixophyl* / aminophyl* / slo bid / phyllocontin / teofilin* / aminofilin*
                """
            ),
        ),
        "ketamine-reaction": Subject(
            _phrases(
                """
                @bad .. [reaction*|trip*|time|experience*] .. @ketamine / react* .. @ketamine /
                allerg* .. @ketamine / @ketamine allerg* /
                @ketamine .. made|gave|makes|gives me .. sick|vomit*|hives|rash|panic*|scared|pass*|seiz* /
                @ketamine .. made|gave|makes|gives me .. throw*|faint*|crazy|worse|itch*
                / @ketamine .. badly|terribl*|horribl*|awful|wrong|nightmare|terrif*|freak*|panic* /
                freak* out .. @ketamine / panic* .. @ketamine /
                @ketamine [infusion|treatment|session] went bad*|wrong / session went bad*|terribl*|horribl* /
                last time .. @ketamine .. scared|sick|vomit*|panic*|bad / @ketamine .. didnt|not agree|sit /
                couldnt breathe .. @ketamine /
                ketamina .. asust*|horrible|terrible|alergia|vomit*|ronchas|panico /
                cayo [muy] mal [la] ketamina / ketamina me cayo|hizo|dio [muy] mal|ronchas|panico /
                mala reaccion .. ketamina / reaccion* .. ketamina / alerg* .. ketamina / mal viaje .. ketamina /
                ketamina .. mal viaje / mal con la ketamina / ketamina .. cayo mal
                """
            ),
            but_not=_phrases(
                """
                @ketamine .. not bad
                """
            ),
        ),
        "anesthetic-allergy": Subject(
            _phrases(
                """
                malignant hypertherm* / hipertermia maligna / allerg* .. @numbing / @numbing allerg* /
                react* .. @numbing / @bad .. @numbing /
                @numbing .. throat|hives|rash|swell*|stopped|heart|faint*|seiz*|react*|died|die /
                wak* up .. @numbing / woke up .. @numbing / problem*|trouble|complication* .. @numbing /
                died .. @numbing / @numbing .. almost killed|died / stopped breathing .. @numbing /
                never woke up .. @numbing / not|didnt wake up .. @numbing /
                @numbing .. trouble|problem*|went wrong|sick|bad / stopped breathing during|in surgery /
                woke up during|in [the] [middle] [of] surgery / anestesia .. mal|alergia|reaccion /
                alergi* .. anestesia / reaccion* .. anestesia / mal .. anestesia / problema* con|de la anestesia
                / no desperto .. anestesia / muere|murio|morir .. anestesia / mal con la anestesia /
                pseudocholinesterase
                """
            ),
            of_relatives="family-anesthetic",
        ),
        "steroid-allergy": Subject(
            _phrases(
                """
                allerg* to [the] @steroid / allerg* .. except @steroid / except @steroid /
                @steroid [shot*|injection*|cream|pill*] allerg* / react* to|from [a|the|my] @steroid /
                @steroid .. hives|rash|swell*|throat|itch*|anaphyl*|breath* / @bad .. @steroid /
                hives|rash|swelling|swelled from|after [a|the|my] @steroid /
                alergi* a|al|con [la|los|el] @steroid / reaccion* a|al|con [la|los|el] @steroid /
                @steroid me .. ronchas|hincho|sarpullido|alergia
                """
            ),
            but_not=_phrases(
                """
                allerg* .. @steroid helps|help
                """
            ),
        ),
        "liver": Subject(
            _phrases(
                """
                cirrhos* / cirros* / sirros* / sirrhos* / cirosis /
                liver failure|damage|injury|disease|transplant|cancer|scarring /
                liver .. fail*|shutting|damaged|bad|scarred|inflamed /
                bile duct* [injury|damage|problem*|block*|stones] / end stage liver / ascites / jaundice* /
                yellow eyes|skin / bad liver / liver enzymes high|elevated / high liver enzymes /
                higado .. fall*|mal|inflamad*|danad* / fallando el higado / insuficiencia hepatica /
                falla hepatica / dano .. higado / ictericia / conductos biliares / problema* .. higado
                """
            ),
            but_not=_phrases(
                """
                cod liver / hepatitis shot|vaccine|b shot|a shot / liver and onions
                """
            ),
        ),
        "bladder": Subject(
            _phrases(
                """
                blood* in|when [my|the|i] [urine|pee|wee] / bloody urine|pee / pee* blood / cystitis /
                bladder pain|problem*|spasm*|hurts|issues|damage|trouble|inflam* / painful bladder /
                hurts|painful to pee|urinate|wee / hurts|burn* when [i] pee|urinate|wee|go /
                pain* when [i] pee*|urinat*|wee / burning urine|pee|urination|when /
                pee* every|all|constantly|so|too|a / to pee all|every|constantly|so|again /
                urinat* every|all|constantly|frequently|often / frequent urinat* / ket* bladder /
                cant empty my bladder / urgency to pee / trouble|problem* peeing|urinating /
                sangre en la orina|pipi / orin* .. sangre / arde* .. orin* / ardor .. orin* / duele .. orin* /
                dolor .. orin* / dolor .. vejiga / cistitis / orinar a cada|muy|todo|muchas /
                orinar .. cada rato|seguido|hora|poco / vejiga .. duele|inflamad*|dolor
                """
            ),
            but_not=_phrases(
                """
                my dog pees / almost pee* / pee* my pants laughing
                """
            ),
        ),
        "porphyria": Subject(
            _phrases(
                """
                porphyr* / porfyr* / porfir* / porphir* / porfiria*
                """
            ),
        ),
        "pregnancy": Subject(
            _phrases(
                """
                pregnan* / pregant* / pregnent* / preggo* / prego / expecting a|our|my baby|child|twins /
                expecting .. baby / weeks along / with child / period .. late / late period / missed my period /
                missed period / late on my period / test .. positive .. pregnan* / voy a tener un bebe /
                baby due / trying to conceive / trying for a baby / ttc / positive [pregnancy] test /
                baby is due / due date / baby on the way / carrying twins / embaraz* / encinta /
                retraso .. regla|periodo|menstru* / no me ha bajado|llegado / espero|esperando un bebe /
                esperamos un bebe / esperando bebe / prueba [de embarazo] positiva
                """
            ),
            but_not=_phrases(
                """
                pregnant pause / pregnant with ideas
                """
            ),
        ),
        "surgery": Subject(
            _phrases(
                """
                surger* / surjer* / surgury / sergury / sergery / sirgery / surgrey / opration / opperation /
                operat* on / operation* / operated / had .. fusion /
                back|spinal|spine|neck|lumbar|cervical fusion / fusion l4|l5|c5|c6|surgery / hysterectom* /
                c section* / csection* / cesarean* / caesarean* /
                gallbladder|appendix|tonsils|uterus|kidney|spleen|thyroid removed|out /
                had my gallbladder|appendix|tonsils|uterus|thyroid / appendectom* / tonsillectom* / mastectom* /
                craniotom* / laminectom* / knee|hip|shoulder|joint|valve replacement* / replaced [my] knee|hip /
                gastric bypass|sleeve / laparoscop* / arthroscop* / lumpectom* / cholecystectom* / discectom* /
                transplant* / vasectom* / rotator cuff repair / acl repair|reconstruction|surgery /
                hernia repair / had an op / op on my / took out my / under the knife / cataract* removed|surgery
                / spinal fusion / had a hernia|knee|hip fixed|repaired|replaced / oper* de|del|en|a / operaron /
                operacion* / operad* / operar* / cirug* / cesarea* /
                me quitaron|sacaron .. vesicula|apendice|utero|amigdalas|matriz|rinon / histerectomia /
                trasplante* / apendicectomia
                """
            ),
            but_not=_phrases(
                """
                surgery hours / operation* manager / operates a|the / doctors surgery / gp surgery /
                the surgery called|rang|opens / plastic surgery shows / operating system / operations at work
                """
            ),
        ),
        "chemotherapy": Subject(
            _phrases(
                """
                chemo / chemos / chemo* / kemo / kimo / keemo / radiation [therapy|treatment*|for] /
                radiotherap* / cancer treatment*|therapy|drugs /
                radiation last|this|in|until|since|twice|daily|now / treated for .. cancer /
                cancer .. treatment* / tx for .. cancer / having radiation / had radiation / cemo /
                oncology infusion* / treatment* for .. cancer / immunotherapy / infusions for .. cancer /
                quimio* / quimios / radioterapia / radiaciones / quimo / radiacion* .. cancer /
                tratamiento* .. cancer / tratamiento oncologico / inmunoterapia
                """
            ),
            but_not=_phrases(
                """
                radiation from / chemotherapy nurse / chemist*
                """
            ),
        ),
        "unsafe-home": Subject(
            _phrases(
                """
                @abuser .. push*|grab*|shov* me / lays hands on me / afraid|scared to go home /
                safe where i live / miedo de volver / me empuja* / abuse at home /
                abusive relationship|home|husband|partner|boyfriend /
                @abuser .. hits|hurts|beats|chokes|slaps|punches|kicks|threaten* me|us /
                @abuser .. hit|choked|slapped|punched|beat|strangled me|us
                / beats me up / threatens me|us / threatened me|us /
                he|she hits|beats|hurts|threatened|threatens|chokes|choked|hit|slapped|punched|controls /
                scared|afraid|terrified of my|him|her [boyfriend|husband|wife|partner|ex|dad|father|son|roommate]
                / dont|not feel* safe [at|in|with|around] / not safe [at|in] [home|my|with|here] /
                unsafe at home / dont feel safe / abusive / abuses me / abused by / being abused /
                domestic violence|abuse / violent husband|partner|boyfriend|wife|ex /
                afraid .. what he|she will|would|might do / if he|she finds out /
                controls my money|phone|everything / restraining order / wont let me leave / stalking me /
                he|she will kill me / me pega*|golpea*|maltrata*|amenaza*|grita* / le tengo miedo /
                miedo a|de mi esposo|esposa|pareja|novio|marido|ex / no me siento segur* /
                no estoy segur* en [mi] casa / violencia domestica|en casa|familiar / me tiene amenazad* /
                maltrato / abusa de mi / no me deja salir
                """
            ),
            but_not=_phrases(
                """
                it|this|that|pain|depression|anxiety|grief|fatigue|sadness|tiredness|reality hits|hit me /
                me pega el|la|en|mucho / beats me up inside|about / kicks me out of bed /
                sister|brother|mother|mom|friend|daughter|cousin|aunt|niece .. abused|abusive /
                hermana|amiga|prima .. maltrat*|pega*|golpea* / used to be abusive / hits me hardest /
                beats me at|to|why
                """
            ),
            of_others=True,
            fear=True,
        ),
        "rash": Subject(
            _phrases(
                """
                rash / rashes / hives / welts / itchy all / swollen lips|face|tongue|throat|eyes /
                lips|face|tongue|throat|eyes|mouth .. swell*|swelled|swollen|puff* /
                swell* .. face|lips|tongue|throat / face|lips swell* / anaphyla* / itch* all over /
                bumps|blotches|spots all over / skin rash / swelling of|in my face|lips|tongue / broke out in /
                puffy face / facial swelling / ronchas / roncha / hincharon .. labios|cara|ojos /
                hinchazon .. cara|labios|lengua|garganta / sarpullido* / urticaria / salpullido* /
                hincho .. cara|labios|lengua|garganta|boca / cara hinchada / labios hinchados / se me hinch* /
                comezon en todo / erupcion* / anafila* / me broto
                """
            ),
            but_not=_phrases(
                """
                rash decision*|choice*|move / bee hives / beehives / diaper rash / not be rash /
                broke out in laughter|tears|song|sweat
                """
            ),
        ),
    }
)
"""Subject to its words. The flag of a subject is called mentioned-SUBJECT."""

RELATIVES = frozenset(
    """
    abuela abuelita abuelo abuelos aunt auntie aunts brother brothers child children cousin cousins dad daddy dads
    daughter daughters fam familia familiar familiares family father grandad grandchildren granddaughter
    grandfather grandkids grandma grandmas grandmother grandpa grandparents grandpas grandson granny hermana
    hermanas hermano hermanos hija hijo hijos kid kids madre mama mom mommy moms mother mum mums nana nephew niece
    nieta nietas nieto nietos padre papa papas parent parents prima primo primos relative relatives sibling
    siblings sister sisters sobrina sobrino son sons tia tio tios toddler twin uncle uncles
    """.split()
)
"""Blood relatives: what they had belongs to the family's history."""

OTHERS = frozenset(
    """
    ahijada ahijado amiga amigo amigos boss boyfriend cat cats colleague comadre compadre companera companero
    coworker coworkers cunada cunado dog dogs esposa esposo ex fiance friend friends gatita gato girlfriend
    husband inlaw inlaws jefa jefe landlord madrastra marido mascota neighbor neighbors neighbour novia novio
    nuera padrastro pareja partner pastor perra perrito perro roomie roommate stepbrother stepdad stepdaughter
    stepfamily stepfather stepmom stepmother stepsister stepson suegra suegro teacher vecina vecino wife yerno
    """.split()
)
"""Others: what they had is nobody's history here."""

SELF = frozenset(
    """
    conmigo i id ill im ive me mis myself we yo
    """.split()
)
"""Words by which patients speak of themselves."""

NO = frozenset(
    """
    arent cannot cant couldnt denied denies deny didnt doesnt dont hadnt hasnt havent isnt jamas nada nadie
    negative neither never ni niega niegan niego ningun ninguna ninguno no nobody none nor not nothing nunca sin
    tampoco wasnt werent without wont wouldnt
    """.split()
)
"""What denies."""

NO_DENIAL = _phrases(
    """
    not|never|no sure|certain|idea|doubt|only|just|clue|longer / not sure /
    dont|didnt|not know|remember|sleep|understand / wont|not [going] [to] lie / no se / no estoy segur* /
    no recuerdo / cant|cannot|couldnt|dont stop|quit|control|help|handle|sleep|remember|stand|shake|get /
    no puedo|dejo|paro|controlo|duermo|aguanto / no deje / no solo / no creo|pienso /
    without warning|notice|reason / so [that] i dont|wont|cant|do / para no / nothing helps|works|worked /
    not well|good|great|better|right|okay|ok / no cause|reason|insurance / if i dont / when i dont / si no /
    why not
    """
)
"""What looks like a denial and is none."""

ENDS_DENIAL = frozenset(
    """
    after although apart aunque because besides but desde despues except excepto hace hasta however pero porque
    salvo si since sino then though unless until yet
    """.split()
)
"""Words at which a denial before them ends."""

STILL_TRUE = _phrases(
    """
    since / anymore / any more / for|in #count years|months|weeks|days / desde / hace / ya no
    """
)
"""What makes a denial a thing of the past: no seizures since 2015."""

DENIED_AFTER = _phrases(
    """
    no / none / never / negative / nunca / negativo|negativa / ninguno|ninguna / denied / denies /
    ruled [it] out / is|are|was|were|has|have|looks|all [been] normal|fine|clear|clean|negative|good|ok|okay /
    normal / esta|estan|tengo|salio|sale bien|normal|normales|negativo / came back negative|clear|normal|clean /
    descartad*|descartaron / ruled it out / which was negative
    """
)
"""What denies a thing after it is named: stroke: no; liver tests are normal."""

DENIERS_BEFORE = _phrases(
    """
    ruled out / rule out / negative for / tested for .. negative / free of / cleared of / descartaron|descartar
    """
)
"""What denies a thing that comes after it."""

FEARS = frozenset(
    """
    afraid anxious fear fearful fears miedo nervous preocupa scared temo temor terrified worried worries worry
    """.split()
)
"""What makes an illness a fear, and no history."""

MISSPELLED = frozenset(
    """
    addicted alcoholic alcoholico anaesthesia anaphylaxis anestesia anesthesia aneurisma aneurysm chemotherapy
    cirrhosis cirugia cocaina cocaine concussion convulsion convulsiones convulsions cortisone cystitis embarazada
    embarazo epilepsia epilepsy epileptic esquizofrenia fentanyl hallucinations hemorragia heroin heroina
    homicidal hydrocephalus hypertension hysterectomy infarto ketamina ketamine operation overdose overdosed
    pacemaker paranoia porphyria prednisone pregnancy pregnant psychosis psychotic quimioterapia sarpullido
    schizophrenia seizure seizures sobredosis stents steroids suicidal suicidarme suicide surgeries surgery
    theophylline
    """.split()
)
"""Long words that are still understood with a letter or two wrong."""

NOT_MISSPELLED = frozenset(
    """
    addictive cortisol heroic heroics heroine operating operations overdone steroid
    """.split()
)
"""Right words that are nearly one of these."""
