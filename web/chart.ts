// `seatsio.SeatingChart` over the seat map: whoever loads this in the place of the vendor's script keeps the rest of the page.

import { browserNeeds } from './element/define.ts'
import { installSeatsio, serverOf } from './vendor/install.ts'

installSeatsio(window, { server: serverOf(document), needsOf: browserNeeds })
