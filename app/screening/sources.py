"""Every citation, once. Citations name works; nothing is copied from them.

`seen` tells how much of the work was read when the rule was written: yes, part, summary, abstract, reports, knowledge
(from expert knowledge, to be checked), article (a marketing article, not a clinical source) or local (this project's
own threshold, which a clinic must confirm). Labels change: read the current text before go-live.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A work a rule cites."""

    key: str
    citation: str
    kind: str
    seen: str
    seen_note: str


SOURCES = {
    source.key: source
    for source in (
        Source(
            "KETALAR_US",
            "Ketalar (ketamine hydrochloride) injection, US prescribing information, revised 10/2024",
            "label",
            "part",
            "stored in part",
        ),
        Source(
            "KETALAR_UK",
            "Ketalar 10/50 mg/ml injection, UK SmPC (Pfizer), text of 2019",
            "label",
            "part",
            "stored in part",
        ),
        Source(
            "SPRAVATO_US",
            "Spravato (esketamine) nasal spray, US prescribing information and REMS; section numbers differ between revisions",
            "label",
            "part",
            "stored in part",
        ),
        Source(
            "SPRAVATO_EU",
            "Spravato 28 mg nasal spray, SmPC, EMA text of 2025 (UK product closely follows it)",
            "label",
            "part",
            "stored in part",
        ),
        Source(
            "COHEN2018",
            "Cohen SP et al. Consensus guidelines on IV ketamine infusions for chronic pain (ASRA/AAPM/ASA). Reg Anesth Pain Med 2018;43(5):521-546",
            "guideline",
            "summary",
            "stored (summary)",
        ),
        Source(
            "SCHWENK2018",
            "Schwenk ES et al. Consensus guidelines on IV ketamine infusions for acute pain (ASRA/AAPM/ASA). Reg Anesth Pain Med 2018;43(5):456-466",
            "guideline",
            "summary",
            "stored (summary)",
        ),
        Source(
            "SANACORA2017",
            "Sanacora G et al. (APA Council of Research task force). A consensus statement on the use of ketamine in the treatment of mood disorders. JAMA Psychiatry 2017;74(4):399-405",
            "guideline",
            "abstract",
            "stored (abstract and news summary)",
        ),
        Source(
            "CANMAT2021",
            "Swainson J et al. CANMAT task force recommendations for racemic ketamine in adults with MDD. Can J Psychiatry 2021;66(2):113-125",
            "guideline",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "SPCG",
            "Scottish Palliative Care Guidelines, Ketamine medicine sheet (NHS Scotland)",
            "guideline",
            "yes",
            "stored",
        ),
        Source(
            "FDA2022",
            "FDA alert: compounded ketamine nasal spray, 16 February 2022",
            "regulator",
            "yes",
            "stored",
        ),
        Source(
            "FDA2023",
            "FDA warning: compounded ketamine products incl. oral, for psychiatric disorders, 10 October 2023",
            "regulator",
            "reports",
            "stored (reports)",
        ),
        Source(
            "PHQ9",
            "Kroenke K, Spitzer RL, Williams JBW. The PHQ-9. J Gen Intern Med 2001;16:606-613",
            "instrument",
            "knowledge",
            "knowledge",
        ),
        Source(
            "GAD7",
            "Spitzer RL et al. The GAD-7. Arch Intern Med 2006;166:1092-1097",
            "instrument",
            "summary",
            "stored (citation)",
        ),
        Source(
            "PCPTSD5",
            "Prins A et al. J Gen Intern Med 2016;31:1206-1211; Bovin MJ et al. JAMA Netw Open 2021;4(2):e2036733",
            "instrument",
            "yes",
            "stored",
        ),
        Source(
            "CSSRS",
            "Posner K et al. Columbia-Suicide Severity Rating Scale. Am J Psychiatry 2011;168:1266-1277; Columbia triage guidance for the screener",
            "instrument",
            "part",
            "stored (triage page); paper from knowledge",
        ),
        Source(
            "AUDITC",
            "Bush K et al. AUDIT-C. Arch Intern Med 1998;158:1789-1795; cut-offs as in US Core note citing PMID 12695273",
            "instrument",
            "part",
            "stored (cut-offs); paper from knowledge",
        ),
        Source(
            "AUDITC_UK",
            "UK AUDIT-C form (Public Health England and NHS versions): 5 or more is positive",
            "instrument",
            "yes",
            "stored",
        ),
        Source(
            "JONES2018",
            "Jones JL et al. Efficacy of ketamine in substance use disorders: a systematic review. Front Psychiatry 2018;9:277",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "ASAM2020",
            "ASAM National Practice Guideline for the Treatment of Opioid Use Disorder: 2020 focused update. J Addict Med 2020;14(2S Suppl 1)",
            "guideline",
            "knowledge",
            "knowledge",
        ),
        Source(
            "VERAART2021",
            "Veraart JKE et al. Pharmacodynamic interactions between ketamine and psychiatric medications. Int J Neuropsychopharmacol 2021;24(10):808-831",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "ANDRADE2017",
            "Andrade C. Ketamine for depression, 5: drug interactions. J Clin Psychiatry 2017;78(7):e858-e861 (pages from knowledge)",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "HAGELBERG2010",
            "Hagelberg NM et al. Clarithromycin increases exposure to oral S-ketamine. Eur J Pain 2010;14:625-629",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "PELTONIEMI",
            "Peltoniemi MA et al. Clin Pharmacol Ther 2011;90:296-302 (ticlopidine, itraconazole); Basic Clin Pharmacol Toxicol 2012;111:325-332 (rifampicin); St John's wort and grapefruit studies of the same group",
            "study",
            "abstract",
            "stored (abstracts)",
        ),
        Source(
            "KAPLAN1971",
            "Kaplan JA, Cooperman LH. Alarming reactions to ketamine in patients taking thyroid medication. Anesthesiology 1971;35:229-230",
            "study",
            "summary",
            "stored (interaction summary)",
        ),
        Source(
            "MEMANTINE",
            "Memantine (Ebixa, Namenda) product information, warnings and interactions",
            "label",
            "yes",
            "stored",
        ),
        Source(
            "SPS_PORPHYRIA",
            "NHS Specialist Pharmacy Service / UK Porphyria Medicines Information Service, anaesthesia in acute porphyria",
            "guideline",
            "yes",
            "stored",
        ),
        Source(
            "NOPPERS2011",
            "Noppers IM et al. Drug-induced liver injury following a repeated course of ketamine. Pain 2011;152:2173-2178",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "COTTER2021",
            "Cotter S et al. Medically supervised ketamine and hepatobiliary adverse events. Drug Saf 2021;44(12):1365-1374",
            "study",
            "abstract",
            "stored (abstract)",
        ),
        Source(
            "LACTMED",
            "LactMed (NICHD), Esketamine and Ketamine records; Majdinasab E et al. J Clin Psychopharmacol 2023;43(5):407-410",
            "study",
            "abstract",
            "stored (abstracts)",
        ),
        Source(
            "WOLFSON2022",
            "Wolfson P et al. Ketamine in human milk after IM doses, 2022",
            "study",
            "summary",
            "stored (summary)",
        ),
        Source(
            "PART2",
            "42 CFR Part 2 as amended by 89 FR 12472 (16 Feb 2024); compliance date 16 Feb 2026",
            "law",
            "summary",
            "stored (summaries); section numbers from knowledge",
        ),
        Source(
            "UK_DRIVE",
            "Road Traffic Act 1988 s.5A and Drug Driving (Specified Limits) (England and Wales) Regulations 2014; GOV.UK Drug Safety Update July 2014",
            "law",
            "yes",
            "stored",
        ),
        Source(
            "AHA2025",
            "Jones DW, Ferdinand KC, Taler SJ et al. 2025 AHA/ACC/multisociety guideline for the prevention, detection, evaluation and management of high blood pressure in adults. Hypertension 2025;82:e212-e316, doi 10.1161/HYP.0000000000000249. Replaces and retires the 2017 guideline",
            "guideline",
            "summary",
            "two summaries read in excerpt (a cardiology wiki page; a posted summary of the what-is-new table: above 180/120 without organ damage is 'severe hypertension'); not the guideline itself",
        ),
        Source(
            "APA_EVAL",
            "APA Practice Guidelines for the Psychiatric Evaluation of Adults, 3rd ed., 2016",
            "guideline",
            "knowledge",
            "knowledge",
        ),
        Source(
            "SEED1", "Seed article 001 (marketing page); not a clinical source", "article", "article", "seed"
        ),
        Source(
            "SEED0", "Seed article 000 (marketing page); not a clinical source", "article", "article", "seed"
        ),
        Source(
            "LOCAL",
            "Local safety threshold proposed by this project; a clinic must confirm it",
            "local",
            "local",
            "no published source",
        ),
        Source(
            "ANAES",
            "General anaesthetic texts; no single source checked",
            "general",
            "knowledge",
            "knowledge",
        ),
        Source(
            "YOON2025",
            "Yoon G et al. Ketamine plus naltrexone randomised trial. Int J Neuropsychopharmacol 2025, pyaf056",
            "study",
            "abstract",
            "",
        ),
        Source(
            "RCPSYCH2025",
            "Royal College of Psychiatrists, position statement on psychedelic and related substances for medical use, September 2025",
            "guideline",
            "reports",
            "stored (press reports)",
        ),
        Source(
            "ASA_FASTING",
            "ASA practice guidelines for preoperative fasting, Anesthesiology 2017;126:376-393",
            "guideline",
            "summary",
            "stored (summaries); page numbers from knowledge",
        ),
        Source(
            "BOBA",
            "Nightingale CE et al. (AAGBI/SOBA) Peri-operative management of the obese surgical patient 2015. Anaesthesia 2015;70:859-876",
            "guideline",
            "part",
            "stored (dosing table); citation from knowledge",
        ),
        Source(
            "PEG2009",
            "Krebs EE et al. Development and initial validation of the PEG, a three-item scale assessing pain intensity and interference. J Gen Intern Med 2009;24(6):733-738",
            "instrument",
            "abstract",
            "abstract and item wording seen on several pages",
        ),
        Source(
            "CRISIS_US",
            "988 Suicide and Crisis Lifeline public pages; 911",
            "service",
            "yes",
            "check every number at each release",
        ),
        Source(
            "CRISIS_UK",
            "NHS 111, 999, Samaritans 116 123 and Shout 85258 public information",
            "service",
            "knowledge",
            "check every number at each release",
        ),
        Source(
            "HHS_OCR",
            "US Department of Health and Human Services, Office for Civil Rights, filing a health information privacy complaint",
            "regulator",
            "part",
            "stored (what to expect); check the address at each release",
        ),
        Source(
            "ICO",
            "Information Commissioner's Office, complaints about data protection; Mind, complaining to the ICO",
            "regulator",
            "summary",
            "stored (a charity's page on it); check the address and number at each release",
        ),
        Source(
            "LOINC",
            "LOINC content, copyright Regenstrief Institute, Inc., used under the LOINC licence",
            "codes",
            "yes",
            "ship this notice wherever the codes are shipped",
        ),
    )
}
