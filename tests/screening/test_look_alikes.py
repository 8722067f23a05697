"""Medicines whose names look alike are never taken for one another."""

from collections.abc import Iterator

import pytest

from tests.screening.test_typed_medicines import GENERICS, possible, sure

# Each name, and the medicine of the table it is. "-" is a medicine that the table does not have.
LOOK_ALIKES = """
ketamine = ketamine | ketorolac = ketorolac
ketamine = ketamine | Keppra = levetiracetam
ketamine = ketamine | ketotifen = ketotifen
ketamine = ketamine | ketoconazole = ketoconazole
ketamine = ketamine | ketoprofen = -
ketamine = ketamine | naratriptan = naratriptan
ketamine = ketamine | memantine = memantine
ketamina = ketamine | ketorolaco = ketorolac
ketamine = ketamine | esketamine = esketamine
Naramig = naratriptan | Nardil = phenelzine
naratriptan = naratriptan | naltrexone = naltrexone
naloxone = naloxone | naltrexone = naltrexone
naloxone = naloxone | Lanoxin = digoxin
Suboxone = buprenorphine with naloxone | Subutex = buprenorphine
buprenorphine = buprenorphine | buprenorphine naloxone = buprenorphine with naloxone
bupropion = bupropion | buprenorphine = buprenorphine
bupropion = bupropion | buspirone = buspirone
clonidine = clonidine | clonazepam = clonazepam
clonidine = clonidine | Klonopin = clonazepam
clonidine = clonidine | clozapine = clozapine
clonidine = clonidine | quinidine = quinidine
clonazepam = clonazepam | lorazepam = lorazepam
clonazepam = clonazepam | clobazam = clobazam
lorazepam = lorazepam | alprazolam = alprazolam
lorazepam = lorazepam | loratadine = loratadine
lorazepam = lorazepam | oxazepam = oxazepam
diazepam = diazepam | diltiazem = diltiazem
diazepam = diazepam | oxazepam = oxazepam
Xanax = alprazolam | Zantac = -
Xanax = alprazolam | Zanaflex = tizanidine
Klonopin = clonazepam | Clopixol = zuclopenthixol
hydroxyzine = hydroxyzine | hydralazine = hydralazine
hydralazine = hydralazine | hydrochlorothiazide = hydrochlorothiazide
hydrochlorothiazide = hydrochlorothiazide | hydroxychloroquine = hydroxychloroquine
tramadol = tramadol | trazodone = trazodone
tramadol = tramadol | Toradol = ketorolac
tramadol = tramadol | tapentadol = tapentadol
Toradol = ketorolac | Inderal = propranolol
Toradol = ketorolac | Foradil = formoterol
hydrocodone = hydrocodone | hydromorphone = hydromorphone
hydrocodone = hydrocodone | oxycodone = oxycodone
morphine = morphine | hydromorphone = hydromorphone
oxycodone = oxycodone | oxymorphone = oxymorphone
oxycodone = oxycodone | oxcarbazepine = oxcarbazepine
codeine = codeine | dihydrocodeine = dihydrocodeine
methadone = methadone | methylphenidate = methylphenidate
fentanyl = fentanyl | sufentanil = sufentanil
fentanyl = fentanyl | alfentanil = alfentanil
Lamictal = lamotrigine | Lamisil = -
Lamictal = lamotrigine | Lomotil = -
lamotrigine = lamotrigine | lamivudine = -
levetiracetam = levetiracetam | levofloxacin = -
carbamazepine = carbamazepine | oxcarbazepine = oxcarbazepine
tizanidine = tizanidine | tiagabine = tiagabine
gabapentin = gabapentin | gemfibrozil = -
Topamax = topiramate | Toprol-XL = metoprolol
Zoloft = sertraline | Zocor = simvastatin
sertraline = sertraline | cetirizine = cetirizine
Celexa = citalopram | Celebrex = celecoxib
Celexa = citalopram | Zyprexa = olanzapine
Celebrex = celecoxib | Cerebyx = fosphenytoin
citalopram = citalopram | escitalopram = escitalopram
fluoxetine = fluoxetine | duloxetine = duloxetine
fluoxetine = fluoxetine | fluvoxamine = fluvoxamine
fluoxetine = fluoxetine | paroxetine = paroxetine
Paxil = paroxetine | Plavix = clopidogrel
Paxil = paroxetine | Taxol = paclitaxel
Prozac = fluoxetine | Proscar = finasteride
Prozac = fluoxetine | Prograf = -
trazodone = trazodone | nefazodone = nefazodone
trazodone = trazodone | vilazodone = vilazodone
venlafaxine = venlafaxine | desvenlafaxine = desvenlafaxine
doxepin = doxepin | doxazosin = doxazosin
doxepin = doxepin | doxycycline = doxycycline
clomipramine = clomipramine | clomiphene = -
clomipramine = clomipramine | chlorpromazine = chlorpromazine
imipramine = imipramine | trimipramine = trimipramine
nortriptyline = nortriptyline | protriptyline = protriptyline
amitriptyline = amitriptyline | nortriptyline = nortriptyline
chlorpromazine = chlorpromazine | chlorpropamide = chlorpropamide
clozapine = clozapine | loxapine = loxapine
olanzapine = olanzapine | quetiapine = quetiapine
risperidone = risperidone | ropinirole = ropinirole
Seroquel = quetiapine | Serzone = nefazodone
Zyprexa = olanzapine | Zyrtec = cetirizine
Ambien = zolpidem | Abilify = aripiprazole
zolpidem = zolpidem | zolmitriptan = zolmitriptan
zopiclone = zopiclone | eszopiclone = eszopiclone
zopiclone = zopiclone | zaleplon = zaleplon
sumatriptan = sumatriptan | zolmitriptan = zolmitriptan
sumatriptan = sumatriptan | sitagliptin = sitagliptin
Amerge = naratriptan | Altace = ramipril
Adderall = mixed amfetamine salts | Inderal = propranolol
guanfacine = guanfacine | guaifenesin = -
methimazole = methimazole | metolazone = metolazone
prazosin = prazosin | terazosin = terazosin
prazosin = prazosin | prednisone = prednisone
prednisone = prednisone | prednisolone = prednisolone
prednisolone = prednisolone | methylprednisolone = methylprednisolone
prednisone = prednisone | primidone = primidone
metoprolol = metoprolol | metformin = metformin
metoprolol = metoprolol | metoclopramide = metoclopramide
propranolol = propranolol | propofol = propofol
propranolol = propranolol | Pravachol = pravastatin
amlodipine = amlodipine | amiloride = amiloride
amlodipine = amlodipine | amiodarone = amiodarone
amlodipine = amlodipine | felodipine = felodipine
losartan = losartan | valsartan = valsartan
enalapril = enalapril | benazepril = benazepril
atorvastatin = atorvastatin | lovastatin = -
procaine = procaine | prilocaine = prilocaine
bupivacaine = bupivacaine | ropivacaine = ropivacaine
Flomax = tamsulosin | Fosamax = -
Flomax = tamsulosin | Flonase = fluticasone
Lasix = furosemide | Losec = omeprazole
Advil = ibuprofen | Advair = fluticasone with salmeterol
penicillin = penicillin | penicillamine = -
loratadine = loratadine | olopatadine = -
nifedipino = nifedipine | nimodipino = nimodipine
Tylenol = paracetamol | Tylenol 3 = codeine
Claritin = loratadine | Claritin-D = loratadine with pseudoephedrine
"""


def pairs() -> Iterator[tuple[str, str, str, str]]:
    for line in LOOK_ALIKES.strip().splitlines():
        one, other = (side.split(" = ") for side in line.split(" | "))
        yield one[0].strip(), one[1].strip(), other[0].strip(), other[1].strip()


PAIRS = tuple(pairs())


def test_the_pairs_are_enough_and_none_is_twice() -> None:
    assert len({frozenset((one, other)) for one, _, other, _ in PAIRS}) == len(PAIRS) >= 40
    for one, one_is, other, other_is in PAIRS:
        assert one_is != other_is
        assert {one_is, other_is} - {"-"} <= GENERICS, (one, other)


@pytest.mark.parametrize(
    ("one", "one_is", "other", "other_is"), PAIRS, ids=[f"{pair[0]}-{pair[2]}" for pair in PAIRS]
)
def test_a_look_alike_is_itself_or_nothing_never_the_other(
    one: str, one_is: str, other: str, other_is: str
) -> None:
    for name, itself, wrong in ((one, one_is, other_is), (other, other_is, one_is)):
        for typed in (name, name.upper(), f"{name} 50 mg", f"my {name}, twice a day"):
            assert sure(typed) == {itself} - {"-"}, typed
            assert wrong not in sure(typed)
        assert wrong not in possible(name)
    both = {one_is, other_is} - {"-"}
    assert sure(f"{one} and {other}") == both
