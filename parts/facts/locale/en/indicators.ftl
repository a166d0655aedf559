# The indicators: name, short name for a table, definition; the question that would fill a
# gap; and, where the two sides of a comparison count over different people, how they differ.

indicator-persons_held-name = People in prison
indicator-persons_held-short = In prison
indicator-persons_held-definition = People held in prisons and other penal institutions on the day of the count, before and after sentence.

indicator-prison_rate-name = People in prison per 100,000 inhabitants
indicator-prison_rate-short = Prison rate
indicator-prison_rate-definition = People held in prison on the day of the count, for every 100,000 inhabitants, as the source computes it.

indicator-official_capacity-name = Official capacity of prisons
indicator-official_capacity-short = Capacity
indicator-official_capacity-definition = Places for which prisons were planned or are approved, without overcrowding. Countries set the floor space of a place differently.

indicator-occupancy-name = Prison occupancy
indicator-occupancy-short = Occupancy
indicator-occupancy-definition = People held for every 100 official places. Above 100, prisons hold more people than they have places.

indicator-persons_unsentenced-name = People held without a sentence
indicator-persons_unsentenced-short = Unsentenced
indicator-persons_unsentenced-definition = People in prison who are awaiting trial or a first sentence on the day of the count.

indicator-persons_sentenced-name = People held under a sentence
indicator-persons_sentenced-short = Sentenced
indicator-persons_sentenced-definition = People in prison serving a sentence on the day of the count.

indicator-remand_share-name = Share of people held without a sentence
indicator-remand_share-short = Remand share
indicator-remand_share-definition = People held without a sentence, as a share of all people in prison. Detention on remand should be the exception (Council of Europe, Rec(2006)13).

indicator-unsentenced_under_6_months-name = People held without a sentence for less than 6 months
indicator-unsentenced_under_6_months-short = Unsentenced, under 6 months
indicator-unsentenced_under_6_months-definition = People awaiting trial or a first sentence who have been in prison for less than 6 months.

indicator-unsentenced_under_12_months-name = People held without a sentence for less than 12 months
indicator-unsentenced_under_12_months-short = Unsentenced, under 12 months
indicator-unsentenced_under_12_months-definition = People awaiting trial or a first sentence who have been in prison for less than 12 months. Some places count only those between 6 and 12 months.

indicator-unsentenced_over_12_months-name = People held without a sentence for more than 12 months
indicator-unsentenced_over_12_months-short = Unsentenced, over 12 months
indicator-unsentenced_over_12_months-definition = People awaiting trial or a first sentence who have been in prison for more than 12 months.

indicator-unsentenced_over_12_months_share-name = Share of people without a sentence held for more than 12 months
indicator-unsentenced_over_12_months_share-short = Over 12 months without a sentence
indicator-unsentenced_over_12_months_share-definition = People held without a sentence for more than 12 months, as a share of all people held without a sentence.

indicator-women_share-name = Share of women among people in prison
indicator-women_share-short = Women
indicator-women_share-definition = Women and girls, as a share of all people in prison.

indicator-juvenile_share-name = Share of children among people in prison
indicator-juvenile_share-short = Children
indicator-juvenile_share-definition = People counted as juveniles by the country, as a share of all people in prison. The age limit differs.

indicator-persons_held_foreign-name = Foreign citizens in prison
indicator-persons_held_foreign-short = Foreign citizens
indicator-persons_held_foreign-definition = People in prison who are not citizens of the country.

indicator-foreign_share-name = Share of foreign citizens among people in prison
indicator-foreign_share-short = Share of foreign citizens
indicator-foreign_share-definition = Foreign citizens, as a share of all people in prison. It says in how many languages care must be offered.

indicator-persons_held_drug_acts-name = People in prison for drug-law offences
indicator-persons_held_drug_acts-short = Drug-law offences
indicator-persons_held_drug_acts-definition = People held for acts involving controlled psychoactive substances (ICCS section 06), by their main offence where the country counts so.

indicator-drug_law_share-name = Share of people in prison for drug-law offences
indicator-drug_law_share-short = Drug-law share
indicator-drug_law_share-definition = People held for drug-law offences, as a share of all people in prison.

indicator-persons_held_drug_possession-name = People in prison for drug possession
indicator-persons_held_drug_possession-short = Possession
indicator-persons_held_drug_possession-definition = People held for possessing drugs for their own use.

indicator-drug_possession_share-name = Share of people in prison for drug possession
indicator-drug_possession_share-short = Possession share
indicator-drug_possession_share-definition = People held for possessing drugs for their own use, as a share of all people in prison: those for whom alternatives to imprisonment come first to mind.

indicator-persons_entering-name = People entering prison in a year
indicator-persons_entering-short = Entries
indicator-persons_entering-definition = Entries into prison during the year. A person who enters twice is counted twice in most countries.

indicator-persons_entering_unsentenced-name = People entering prison without a sentence
indicator-persons_entering_unsentenced-short = Entries, unsentenced
indicator-persons_entering_unsentenced-definition = Entries into prison during the year of people awaiting trial or a first sentence.

indicator-persons_entering_sentenced-name = People entering prison under a sentence
indicator-persons_entering_sentenced-short = Entries, sentenced
indicator-persons_entering_sentenced-definition = Entries into prison during the year of people who have been sentenced.

indicator-entries_per_person_held-name = Entries for each person in prison
indicator-entries_per_person_held-short = Turnover
indicator-entries_per_person_held-definition = Entries during the year for each person held on the day of the count. The higher it is, the shorter people stay and the more often they pass the gate.

indicator-persons_entering_drug_acts-name = People entering prison for drug-law offences
indicator-persons_entering_drug_acts-short = Entries, drug-law offences
indicator-persons_entering_drug_acts-definition = Entries into prison during the year for acts involving controlled psychoactive substances.

indicator-persons_entering_drug_possession-name = People entering prison for drug possession
indicator-persons_entering_drug_possession-short = Entries, possession
indicator-persons_entering_drug_possession-definition = Entries into prison during the year for possessing drugs for one’s own use.

indicator-persons_supervised-name = People under supervision outside prison
indicator-persons_supervised-short = Supervised
indicator-persons_supervised-definition = People serving a sentence or a measure in the community, such as probation, on the day of the count.

indicator-supervised_per_person_held-name = People under supervision for each person in prison
indicator-supervised_per_person_held-short = Supervised per person held
indicator-supervised_per_person_held-definition = People supervised in the community for each person in prison. Below 1, prison is the usual answer.

indicator-persons_released_preventively-name = People released early during the COVID-19 pandemic
indicator-persons_released_preventively-short = Released preventively
indicator-persons_released_preventively-definition = People released to prevent infections during the COVID-19 pandemic, up to the day of the count.

indicator-people_diverted_to_treatment-name = People diverted to treatment instead of prison
indicator-people_diverted_to_treatment-short = Diverted to treatment
indicator-people_diverted_to_treatment-definition = People who, in a year, were offered treatment, education or rehabilitation in place of arrest, conviction or punishment for a drug-related offence, and accepted.
indicator-people_diverted_to_treatment-question = In the last full year, how many people entered treatment, education or rehabilitation in place of prison for a drug-related offence?

indicator-prison_facilities-name = Prisons
indicator-prison_facilities-short = Prisons
indicator-prison_facilities-definition = Prisons and other penal institutions that hold people.

indicator-prison_staff-name = Prison staff
indicator-prison_staff-short = Staff
indicator-prison_staff-definition = People who work in prisons or in the prison administration, in full-time posts where the source counts so.

indicator-persons_held_per_staff-name = People in prison for each member of staff
indicator-persons_held_per_staff-short = Per member of staff
indicator-persons_held_per_staff-definition = People held on the day of the count for each member of prison staff.

indicator-people_who_inject-name = People who inject drugs
indicator-people_who_inject-short = People who inject
indicator-people_who_inject-definition = Estimated number of people in the country who inject drugs, in prison and outside.
indicator-people_who_inject-question = How many people inject drugs in the country, by which estimate, in which year, and with which interval?

indicator-injected_ever_prison-name = People in prison who have ever injected drugs
indicator-injected_ever_prison-short = Ever injected
indicator-injected_ever_prison-definition = People in prison who have ever injected drugs, as a share of those asked in a survey.
indicator-injected_ever_prison-question = In a survey of people in prison, how many of those asked have ever injected drugs?

indicator-injecting_in_prison-name = People who have injected drugs while in prison
indicator-injecting_in_prison-short = Injecting in prison
indicator-injecting_in_prison-definition = People in prison who say that they have injected drugs during this stay, as a share of those asked in a survey.
indicator-injecting_in_prison-question = In an anonymous survey, how many people in prison say that they have injected drugs during this stay?

indicator-drug_dependence_prison-name = People in prison with drug dependence
indicator-drug_dependence_prison-short = Drug dependence
indicator-drug_dependence_prison-definition = People in prison found to be dependent on drugs by examination at entry or in a survey, as a share of those examined.
indicator-drug_dependence_prison-question = Of the people examined on entering prison, how many were found to be dependent on drugs, and on which?

indicator-hiv_prevalence_prison-name = HIV among people in prison
indicator-hiv_prevalence_prison-short = HIV in prison
indicator-hiv_prevalence_prison-definition = People in prison living with HIV, as a share of those tested or surveyed.
indicator-hiv_prevalence_prison-question = How many people in prison were tested for HIV in the last full year or survey, and how many were positive?
indicator-hiv_prevalence_prison-basis = People in prison stand beside people who inject drugs in the community: two different populations. Read them side by side, not as a ratio of care.

indicator-hiv_prevalence_pwid-name = HIV among people who inject drugs
indicator-hiv_prevalence_pwid-short = HIV, people who inject
indicator-hiv_prevalence_pwid-definition = People who inject drugs living with HIV, as a share of those tested in a survey outside prison.
indicator-hiv_prevalence_pwid-question = In the latest bio-behavioural survey of people who inject drugs, how many were tested for HIV, and how many were positive?

indicator-hcv_prevalence_prison-name = Hepatitis C among people in prison
indicator-hcv_prevalence_prison-short = Hepatitis C in prison
indicator-hcv_prevalence_prison-definition = People in prison living with Hepatitis C, as a share of those tested or surveyed.
indicator-hcv_prevalence_prison-question = How many people in prison were tested for Hepatitis C in the last full year or survey, and how many were positive?
indicator-hcv_prevalence_prison-basis = People in prison stand beside people who inject drugs in the community: two different populations. Read them side by side, not as a ratio of care.

indicator-hcv_prevalence_pwid-name = Hepatitis C among people who inject drugs
indicator-hcv_prevalence_pwid-short = Hepatitis C, people who inject
indicator-hcv_prevalence_pwid-definition = People who inject drugs living with Hepatitis C, as a share of those tested in a survey outside prison.
indicator-hcv_prevalence_pwid-question = In the latest bio-behavioural survey of people who inject drugs, how many were tested for Hepatitis C, and how many were positive?

indicator-hbv_prevalence_prison-name = Hepatitis B among people in prison
indicator-hbv_prevalence_prison-short = Hepatitis B in prison
indicator-hbv_prevalence_prison-definition = People in prison living with Hepatitis B, as a share of those tested or surveyed.
indicator-hbv_prevalence_prison-question = How many people in prison were tested for Hepatitis B in the last full year or survey, and how many were positive?
indicator-hbv_prevalence_prison-basis = People in prison stand beside people who inject drugs in the community: two different populations. Read them side by side, not as a ratio of care.

indicator-hbv_prevalence_pwid-name = Hepatitis B among people who inject drugs
indicator-hbv_prevalence_pwid-short = Hepatitis B, people who inject
indicator-hbv_prevalence_pwid-definition = People who inject drugs living with Hepatitis B, as a share of those tested in a survey outside prison.
indicator-hbv_prevalence_pwid-question = In the latest bio-behavioural survey of people who inject drugs, how many were tested for Hepatitis B, and how many were positive?

indicator-tb_prevalence_prison-name = Tuberculosis among people in prison
indicator-tb_prevalence_prison-short = TB in prison
indicator-tb_prevalence_prison-definition = People in prison with active tuberculosis, as a share of those examined or held.
indicator-tb_prevalence_prison-question = In the last full year, how many people in prison were examined for tuberculosis, and how many had active disease?
indicator-tb_prevalence_prison-basis = People in prison, most of them men of working age, stand beside the whole population.

indicator-tb_prevalence_community-name = Tuberculosis in the whole population
indicator-tb_prevalence_community-short = TB outside
indicator-tb_prevalence_community-definition = People with active tuberculosis, as a share of the whole population.
indicator-tb_prevalence_community-question = What share of the whole population has active tuberculosis, by the latest estimate?

indicator-prevention_programme_prison-name = People in prison reached by prevention
indicator-prevention_programme_prison-short = Prevention
indicator-prevention_programme_prison-definition = People in prison who took part in a session or programme to prevent drug use, infections or overdose in a year, as a share of people who were in prison in that year.
indicator-prevention_programme_prison-question = In the last full year, how many people in prison took part in a session that prevents drug use, infections or overdose, of how many who passed through?

indicator-drug_treatment_prison-name = Drug treatment in prison
indicator-drug_treatment_prison-short = Treatment in prison
indicator-drug_treatment_prison-definition = People with drug dependence in prison who received treatment or rehabilitation of any kind in a year, as a share of people with drug dependence in prison.
indicator-drug_treatment_prison-question = Of the people in prison with drug dependence in the last full year, how many received treatment or rehabilitation, and of which kinds?

indicator-drug_treatment_community-name = Drug treatment outside
indicator-drug_treatment_community-short = Treatment outside
indicator-drug_treatment_community-definition = People with drug dependence outside prison who received treatment or rehabilitation of any kind in a year, as a share of people with drug dependence.
indicator-drug_treatment_community-question = Of the people with drug dependence in the community, how many received treatment or rehabilitation in the last full year?

indicator-oat_programme_prison-name = Opioid agonist treatment offered in prison
indicator-oat_programme_prison-short = OAT offered in prison
indicator-oat_programme_prison-definition = Whether opioid agonist treatment (OAT, with methadone or buprenorphine) can be started, and not only continued, in at least one prison.
indicator-oat_programme_prison-question = Can people start opioid agonist treatment in prison, and in how many of how many prisons?

indicator-oat_people_prison-name = People in prison on opioid agonist treatment
indicator-oat_people_prison-short = On OAT in prison
indicator-oat_people_prison-definition = People receiving opioid agonist treatment (OAT, with methadone or buprenorphine) in prison.
indicator-oat_people_prison-question = On the last day of the year, how many people in prison were receiving opioid agonist treatment?

indicator-oat_share_prison-name = Share of people in prison on opioid agonist treatment
indicator-oat_share_prison-short = OAT, share of people held
indicator-oat_share_prison-definition = People on opioid agonist treatment, as a share of all people in prison. Not all of them need it: the share among those who do is higher.
indicator-oat_share_prison-basis = Inside, the share is of everyone held; outside, of people who inject drugs or depend on opioids. The ratio understates care inside by the share of people who do not need it.

indicator-oat_coverage_prison-name = Coverage of opioid agonist treatment in prison
indicator-oat_coverage_prison-short = OAT coverage in prison
indicator-oat_coverage_prison-definition = People on opioid agonist treatment in prison, as a share of people in prison who depend on opioids.
indicator-oat_coverage_prison-question = How many people in prison depend on opioids, and how many of them were on opioid agonist treatment on the same day?

indicator-oat_coverage_community-name = Coverage of opioid agonist treatment outside
indicator-oat_coverage_community-short = OAT coverage outside
indicator-oat_coverage_community-definition = People on opioid agonist treatment outside prison, as a share of people who inject drugs or depend on opioids.
indicator-oat_coverage_community-question = How many people depend on opioids in the community, and how many of them are on opioid agonist treatment?

indicator-oat_continued_after_release-name = Opioid agonist treatment continued after release
indicator-oat_continued_after_release-short = OAT kept at release
indicator-oat_continued_after_release-definition = People on opioid agonist treatment on the day of release who took a dose in the community within 7 days, as a share of those released while on it.
indicator-oat_continued_after_release-question = Of the people released while on opioid agonist treatment in the last full year, how many took a dose in the community within 7 days?

indicator-needles_programme_prison-name = Needle and syringe programme in prison
indicator-needles_programme_prison-short = Needles offered in prison
indicator-needles_programme_prison-definition = Whether people can get sterile needles and syringes in at least one prison.
indicator-needles_programme_prison-question = Can people get sterile needles and syringes in prison, in how many of how many prisons, and by which way (nurse, peer, machine)?

indicator-needles_given_prison-name = Needles and syringes given out in prison
indicator-needles_given_prison-short = Needles in prison
indicator-needles_given_prison-definition = Sterile needles and syringes given to people in prison in a year.
indicator-needles_given_prison-question = How many sterile needles and syringes were given out inside prisons in the last full year, not counting those given out in the community?

indicator-needles_per_person_prison-name = Needles and syringes for each person in prison
indicator-needles_per_person_prison-short = Needles per person held
indicator-needles_per_person_prison-definition = Needles and syringes given out in prison in a year for each person held, whether or not the person injects.
indicator-needles_per_person_prison-basis = Inside, needles are counted for everyone held; outside, for each person who injects drugs.

indicator-needles_per_person_community-name = Needles and syringes for each person who injects drugs
indicator-needles_per_person_community-short = Needles per person who injects
indicator-needles_per_person_community-definition = Needles and syringes given out by programmes in a year for each person who injects drugs. WHO advises at least 300 by 2030.
indicator-needles_per_person_community-question = How many needles and syringes did programmes give out in the last full year, and to how many people who inject drugs?

indicator-condoms_given_prison-name = Condoms given out in prison
indicator-condoms_given_prison-short = Condoms in prison
indicator-condoms_given_prison-definition = Condoms given to people in prison in a year.
indicator-condoms_given_prison-question = How many condoms were given out inside prisons in the last full year?

indicator-condoms_per_person_prison-name = Condoms for each person in prison
indicator-condoms_per_person_prison-short = Condoms per person held
indicator-condoms_per_person_prison-definition = Condoms given out in prison in a year for each person held.

indicator-naloxone_at_release-name = Naloxone given at release
indicator-naloxone_at_release-short = Naloxone at release
indicator-naloxone_at_release-definition = People with opioid dependence who were given naloxone to take home on leaving prison, as a share of those released.
indicator-naloxone_at_release-question = Of the people with opioid dependence released in the last full year, how many were given naloxone to take home?
indicator-naloxone_at_release-basis = Inside, people leaving prison; outside, people who inject drugs.

indicator-naloxone_community-name = Naloxone held outside
indicator-naloxone_community-short = Naloxone outside
indicator-naloxone_community-definition = People who inject drugs who have naloxone to take home, as a share of those asked in a survey.
indicator-naloxone_community-question = In the latest survey, how many people who inject drugs have naloxone to take home?

indicator-hiv_testing_prison-name = HIV testing in prison
indicator-hiv_testing_prison-short = HIV testing in prison
indicator-hiv_testing_prison-definition = People who were tested for HIV and learnt the result while in prison in a year, as a share of people who were in prison in that year.
indicator-hiv_testing_prison-question = In the last full year, how many people in prison were tested for HIV and learnt the result, of how many who passed through?
indicator-hiv_testing_prison-basis = Inside, people in prison; outside, people who inject drugs: the people counted differ, the service is the same.

indicator-hiv_testing_community-name = HIV testing outside
indicator-hiv_testing_community-short = HIV testing outside
indicator-hiv_testing_community-definition = People who inject drugs who were tested for HIV in the last 12 months and know the result, as a share of those asked in a survey.
indicator-hiv_testing_community-question = In the latest survey, how many people who inject drugs were tested for HIV in the last 12 months and know the result?

indicator-art_coverage_prison-name = Antiretroviral treatment in prison
indicator-art_coverage_prison-short = ART in prison
indicator-art_coverage_prison-definition = People in prison on antiretroviral treatment (ART), as a share of people in prison living with HIV.
indicator-art_coverage_prison-question = How many people in prison live with HIV, and how many of them are on antiretroviral treatment?

indicator-art_coverage_community-name = Antiretroviral treatment outside
indicator-art_coverage_community-short = ART outside
indicator-art_coverage_community-definition = People outside prison on antiretroviral treatment (ART), as a share of people living with HIV.
indicator-art_coverage_community-question = How many people in the country live with HIV, and how many of them are on antiretroviral treatment?

indicator-hcv_testing_prison-name = Hepatitis C testing in prison
indicator-hcv_testing_prison-short = Hepatitis C testing in prison
indicator-hcv_testing_prison-definition = People who were tested for hepatitis C and learnt the result while in prison in a year, as a share of people who were in prison in that year.
indicator-hcv_testing_prison-question = In the last full year, how many people in prison were tested for hepatitis C and learnt the result, of how many who passed through?
indicator-hcv_testing_prison-basis = Inside, people in prison; outside, people who inject drugs: the people counted differ, the service is the same.

indicator-hcv_testing_community-name = Hepatitis C testing outside
indicator-hcv_testing_community-short = Hepatitis C testing outside
indicator-hcv_testing_community-definition = People who inject drugs who were tested for hepatitis C in the last 12 months and know the result, as a share of those asked in a survey.
indicator-hcv_testing_community-question = In the latest survey, how many people who inject drugs were tested for hepatitis C in the last 12 months and know the result?

indicator-hcv_treatment_prison-name = Hepatitis C treatment in prison
indicator-hcv_treatment_prison-short = Hepatitis C treatment in prison
indicator-hcv_treatment_prison-definition = People in prison with chronic hepatitis C who started treatment with direct-acting antivirals in a year, as a share of those diagnosed.
indicator-hcv_treatment_prison-question = How many people in prison were known to have chronic hepatitis C in the last full year, and how many of them started treatment with direct-acting antivirals?

indicator-hcv_treatment_community-name = Hepatitis C treatment outside
indicator-hcv_treatment_community-short = Hepatitis C treatment outside
indicator-hcv_treatment_community-definition = People outside prison with chronic hepatitis C who started treatment with direct-acting antivirals in a year, as a share of those diagnosed.
indicator-hcv_treatment_community-question = How many people outside prison were known to have chronic hepatitis C in the last full year, and how many of them started treatment?

indicator-hbv_vaccination_prison-name = Hepatitis B vaccination in prison
indicator-hbv_vaccination_prison-short = Hepatitis B vaccination in prison
indicator-hbv_vaccination_prison-definition = People in prison who have had a full course of hepatitis B vaccine, as a share of people in prison.
indicator-hbv_vaccination_prison-question = How many people in prison have had a full course of hepatitis B vaccine, and is it offered on entry?
indicator-hbv_vaccination_prison-basis = Inside, people in prison; outside, people who inject drugs: the people counted differ, the service is the same.

indicator-hbv_vaccination_community-name = Hepatitis B vaccination outside
indicator-hbv_vaccination_community-short = Hepatitis B vaccination outside
indicator-hbv_vaccination_community-definition = People who inject drugs who have had a full course of hepatitis B vaccine, as a share of those asked in a survey.
indicator-hbv_vaccination_community-question = In the latest survey, how many people who inject drugs have had a full course of hepatitis B vaccine?

indicator-tb_treatment_success_prison-name = Tuberculosis treatment completed in prison
indicator-tb_treatment_success_prison-short = TB treatment completed in prison
indicator-tb_treatment_success_prison-definition = People who started treatment for tuberculosis in prison and were cured or completed it, as a share of those who started.
indicator-tb_treatment_success_prison-question = Of the people who started treatment for tuberculosis in prison, how many were cured or completed it, counting those released meanwhile?

indicator-tb_treatment_success_community-name = Tuberculosis treatment completed outside
indicator-tb_treatment_success_community-short = TB treatment completed outside
indicator-tb_treatment_success_community-definition = People who started treatment for tuberculosis outside prison and were cured or completed it, as a share of those who started.
indicator-tb_treatment_success_community-question = Of the people who started treatment for tuberculosis outside prison, how many were cured or completed it?

indicator-stigma_avoided_care_prison-name = People in prison who avoided care for fear of stigma
indicator-stigma_avoided_care_prison-short = Avoided care in prison
indicator-stigma_avoided_care_prison-definition = People in prison who use drugs and who, in the last 12 months, did not seek health care for fear of how staff or others would treat them, as a share of those asked.
indicator-stigma_avoided_care_prison-question = In an anonymous survey, how many people in prison who use drugs did not ask for care in the last 12 months for fear of how they would be treated?
indicator-stigma_avoided_care_prison-basis = Inside, people in prison who use drugs; outside, people who inject drugs.

indicator-stigma_avoided_care_community-name = People who avoided care outside for fear of stigma
indicator-stigma_avoided_care_community-short = Avoided care outside
indicator-stigma_avoided_care_community-definition = People who inject drugs who, in the last 12 months, did not seek health care for fear of stigma or discrimination, as a share of those asked in a survey.
indicator-stigma_avoided_care_community-question = In the latest survey, how many people who inject drugs avoided health care in the last 12 months for fear of stigma?

indicator-staff_trained_prison-name = Prison staff trained on drugs and stigma
indicator-staff_trained_prison-short = Staff trained
indicator-staff_trained_prison-definition = Prison staff who completed training on drug dependence, harm reduction and stigma in the last three years, as a share of prison staff.
indicator-staff_trained_prison-question = How many prison staff, of how many, completed training on drug dependence, harm reduction and stigma in the last three years?

indicator-deaths_prison-name = Deaths in prison
indicator-deaths_prison-short = Deaths
indicator-deaths_prison-definition = People who died in prison, or elsewhere while in the care of a prison, in a year, of any cause.

indicator-death_rate_prison-name = Deaths per 1,000 people in prison
indicator-death_rate_prison-short = Death rate
indicator-death_rate_prison-definition = Deaths in a year for every 1,000 people in prison on the day of the count. Few deaths make a wide interval.

indicator-suicides_prison-name = Suicides in prison
indicator-suicides_prison-short = Suicides
indicator-suicides_prison-definition = People who died by suicide in prison in a year.

indicator-suicide_rate_prison-name = Suicides per 1,000 people in prison
indicator-suicide_rate_prison-short = Suicide rate
indicator-suicide_rate_prison-definition = Deaths by suicide in a year for every 1,000 people in prison on the day of the count. Few deaths make a wide interval.

indicator-homicides_prison-name = Homicides in prison
indicator-homicides_prison-short = Homicides
indicator-homicides_prison-definition = People killed by another person in prison in a year.

indicator-homicide_rate_prison-name = Homicides per 1,000 people in prison
indicator-homicide_rate_prison-short = Homicide rate
indicator-homicide_rate_prison-definition = Deaths by intentional homicide in a year for every 1,000 people in prison on the day of the count. Few deaths make a wide interval.

indicator-deaths_natural_prison-name = Deaths in prison from natural causes
indicator-deaths_natural_prison-short = Natural causes
indicator-deaths_natural_prison-definition = People who died of an illness or another natural cause in prison in a year.

indicator-natural_death_rate_prison-name = Deaths from natural causes per 1,000 people in prison
indicator-natural_death_rate_prison-short = Natural death rate
indicator-natural_death_rate_prison-definition = Deaths from natural causes in a year for every 1,000 people in prison on the day of the count. Few deaths make a wide interval.

indicator-deaths_external_prison-name = Deaths in prison from external causes
indicator-deaths_external_prison-short = External causes
indicator-deaths_external_prison-definition = People who died of an external cause (suicide, homicide, accident, overdose) in prison in a year.

indicator-deaths_accident_prison-name = Deaths in prison from accidents and other external causes
indicator-deaths_accident_prison-short = Accidents and other
indicator-deaths_accident_prison-definition = People who died of an accident or an external cause other than suicide and homicide in prison in a year; overdoses may be among them.

indicator-overdose_deaths_prison-name = Overdose deaths in prison
indicator-overdose_deaths_prison-short = Overdose deaths in prison
indicator-overdose_deaths_prison-definition = People who died of an overdose in prison in a year.
indicator-overdose_deaths_prison-question = How many people died of an overdose in prison in the last full year, and were toxicology tests made on every unexplained death?

indicator-overdose_deaths_after_release-name = Overdose deaths within four weeks of release
indicator-overdose_deaths_after_release-short = Overdose after release
indicator-overdose_deaths_after_release-definition = People who died of an overdose in the four weeks after leaving prison, in a year.
indicator-overdose_deaths_after_release-question = By linking the register of releases with the register of deaths, how many people died of an overdose within four weeks of release?

indicator-persons_held_drug_trafficking-name = People in prison for drug trafficking
indicator-persons_held_drug_trafficking-short = Trafficking
indicator-persons_held_drug_trafficking-definition = People held for producing, transporting or selling drugs.

indicator-drug_trafficking_share-name = Share of people in prison for drug trafficking
indicator-drug_trafficking_share-short = Trafficking share
indicator-drug_trafficking_share-definition = People held for drug trafficking, as a share of all people in prison.

indicator-persons_entering_drug_trafficking-name = People entering prison for drug trafficking
indicator-persons_entering_drug_trafficking-short = Entries, trafficking
indicator-persons_entering_drug_trafficking-definition = Entries into prison during the year for producing, transporting or selling drugs.

indicator-drug_law_offences-name = Drug-law offences recorded by the police
indicator-drug_law_offences-short = Drug-law offences
indicator-drug_law_offences-definition = Offences against drug law recorded by the police in a year, of any kind.
indicator-drug_law_offences-question = How many drug-law offences did the police record in the last full year, and how many were for use or possession only?

indicator-drug_seizures_prison-name = Seizures of drugs in prison
indicator-drug_seizures_prison-short = Seizures in prison
indicator-drug_seizures_prison-definition = Times that drugs were found and seized inside a prison or at its gate in a year.
indicator-drug_seizures_prison-question = How many times were drugs seized inside prisons or at their gates in the last full year, of which substances, and by which way had they come in?
