# What all mails have around their text.

mail-layout-address = If the button does not work, open this address:
mail-layout-sender = Sent by { $vendor }.
    .for-product = Sent by { $vendor } for { $product }.
mail-layout-questions = Questions? Write to { $support }.
