# Les thèmes, communs à tout le produit
topic-prevention = Prévention
topic-treatment-rehabilitation = Traitement et réadaptation
topic-opioid-agonist-treatment = Traitement par agonistes opioïdes (TAO)
topic-harm-reduction = Réduction des risques et des dommages (RdRD)
topic-alternatives = Alternatives à l’incarcération
topic-stigma = Stigmatisation
topic-infection = Infections
topic-mortality = Mortalité
topic-justice = Justice
topic-trafficking = Trafic
