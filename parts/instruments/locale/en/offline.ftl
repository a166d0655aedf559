# Records that come late, and filling without a network
late = Records from a device without a network
late-lead = Records that were filled in without a network and could not be sent, in a file that somebody saved on the device. The file is sealed: only this site can read it.
late-how = Choose the files. Each record is taken once, however often its file comes. Records of a round that was closed can be taken into a new round of the same version of the questionnaire and with the same promise of anonymity.
late-files = Files that were saved on a device (.sealed.json)
late-go = Take the records in
late-closed = This round is closed and takes nothing more. Make a new round of the same questionnaire for late records, and take the file in there.
late-done = Taken in: { $taken }. Here before: { $again }.
late-refused = { $count ->
    [one] One was not taken. It is still in its file.
   *[other] { $count } were not taken. They are still in their files.
}
late-number = record { $number }
late-not-ours = This is no file of records from a device. Choose the file whose name ends in .sealed.json.
late-link = Records from a device without a network
round-shared-offline = Where there is no network: open this address once where there is one, and fill in without a network from then on
refusal-offline-unreadable = This record cannot be read here.
refusal-offline-unreadable-do = Nothing was taken and nothing was changed. Keep the record, and look whether it belongs to this site and this questionnaire.
refusal-offline-conflict = A different record with the same identity is here already.
refusal-offline-conflict-do = Neither was changed. Save the record to a file and give it to whoever runs the round.
refusal-offline-meanwhile = The same record is arriving at this moment.
refusal-offline-meanwhile-do = It is sent again by itself.
refusal-late-other-round = This record belongs to another round, of another questionnaire, version or promise of anonymity.
refusal-late-other-round-do = Take it into a round of the same questionnaire and version, which is anonymous if the first was.
