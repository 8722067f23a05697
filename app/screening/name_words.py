"""The words that stand beside the names patients type, as the clinical specification lists them. All are normalised."""


def _phrases(text: str) -> frozenset[str]:
    """Phrases of one or more words, with | between them."""
    return frozenset(" ".join(phrase.split()) for phrase in text.split("|"))


# Dose and form: never part of a name.
FORM_WORDS = frozenset(
    """
    mg mcg ug g ml tab tabs tablet tablets cap caps capsule capsules pill pills patch patches spray drops
    cream injection shot inhaler er xr sr xl cr la dr ec hcl hydrochloride sodium daily once twice a day
    the for at night morning as needed low dose generic
    inhalador aerosol gotas oculares crema inyeccion parche tabletas
    """.split()
)
# May stand beside a recognised name without making it unclear: never a word that changes which medicine it is (pm, d,
# plus, cold, sinus, duo), never a doubt (or, no, not, off, stopped).
FILLER_WORDS = frozenset(
    """
    and also my i am on of with con in by from take takes taking took use using every each per other x time
    times two three four half one after before days week weeks weekly month months monthly hour hours hr
    hrs evening nightly bed bedtime breakfast lunch dinner food meal meals only when need prn po bid tid
    qid od bd tds qhs milligram milligrams microgram micrograms gram grams mgs mls unit units iu puff
    puffs strength extra regular high small baby tartrate succinate besylate besilate maleate fumarate
    hemifumarate oxalate mesylate mesilate pamoate sulfate sulphate phosphate citrate acetate potassium
    bromide hydrobromide hbr propionate furoate monohydrate release released extended modified slow
    sustained delayed prolonged immediate ir mr pr odt ds hfa oral sublingual eye ear nasal skin drop
    sprays inhalers injections shots pen pens vial film films strip strips chewable dissolving gel gels
    softgel softgels caplet caplets liquid syrup solution suspension ointment lotion medicine medicines
    medication medications med meds prescription prescribed brand name called rx solostar kwikpen flexpen
    diskus nocte mane noche gummy gummies kit infusion infusions nose topical foam inhaled scalp powder
    taken ellipta respimat handihaler accuhaler turbohaler turbuhaler evohaler easyhaler nexthaler genuair breezhaler
    """.split()
)
# In the allergy box only: what happened, how badly and when.
ALLERGY_WORDS = frozenset(
    """
    allergy allergies allergic rash hives itch itching itchy swelling swell swelled anaphylaxis
    anaphylactic shock reaction reactions severe severely mild bad very child childhood kid young year
    years ago old since sensitive sensitivity intolerance intolerant all any some most to type types
    product products family based kind kinds drug drugs the it me gives got get breathing throat face lips
    stomach sick vomiting nausea dentist hospital er iv ct mri that makes make made gave cause
    causes caused have white whites alergia a al alergico alergica
    """.split()
)
# An allergy, or a shop-bought piece, that says there is none. "N/A" is "n a".
NONE_WORDS = _phrases(
    """
    none | no | nil | na | n a | nka | nkda | nkfa | no known | none known | no known allergies | no known
    drug allergies | no allergies | no drug allergies | not applicable | nothing | nothing known | nada |
    ninguna | ninguno | ningunas | ninguna alergia | ninguna conocida | no tengo | no alergias | none that
    i know of | i have no allergies | no known medicine allergies | no medicine allergies
    """
)
# A medicine was taken and no longer is.
STOP_PHRASES = _phrases(
    """
    stopped | discontinued | no longer | not taking | not on | not using | don t take | do not take | dont
    take | used to take | used to be on | used to use | previously | formerly | in the past | came off |
    off | ya no | deje | deje de
    """
)
# They look like one of STOP_PHRASES and are none.
NOT_STOPPED = _phrases(
    """
    off and on | on and off | off label | day off | days off
    """
)
# Forms that keep a steroid where it is put.
LOCAL_FORMS = frozenset(
    """
    cream ointment lotion gel foam topical skin scalp eye ear drop drops nose nasal spray sprays inhaler
    inhalers inhaled puff puffs inhalador aerosol gotas oculares crema
    """.split()
)
# Reasons that no class of the table treats. Any other may point to a class that matters.
PLAIN_REASONS = frozenset(
    """
    acne skin rash eczema psoriasis dandruff warts fungus nails hair allergies allergy hayfever hay fever
    reflux heartburn indigestion constipation hemorrhoids piles infection infections uti cystitis
    contraception birth control period periods menopause cholesterol gout bones bone osteoporosis vitamin
    vitamins supplement supplements cold sores sore herpes shingles malaria vaccine immunity immune
    wellness health general joints energy gas bloating teeth gums lips dry eyes fertility worms lice
    """.split()
)
