# The one topic scheme of the whole product
topic-prevention = Prevention
topic-treatment-rehabilitation = Treatment and rehabilitation
topic-opioid-agonist-treatment = Opioid agonist treatment
topic-harm-reduction = Harm reduction
topic-alternatives = Alternatives to imprisonment
topic-stigma = Stigma
topic-infection = Infection
topic-mortality = Mortality
topic-justice = Justice
topic-trafficking = Trafficking
