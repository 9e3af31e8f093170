// `<holdfast-seat-map>`: whoever imports this has the element. On a server, where pages are rendered and there are no elements, it does nothing.

import { defineSeatMap } from './element/define.ts'

export type { SeatMapElement } from './element/element-type.ts'
export type {
  MapObject,
  Pricing,
  Result,
  SeatMapEvents,
  Selected,
  Settings,
  TicketType,
  Wanted,
  Wants,
} from './element/public.ts'
export type { Messages, Word } from './element/words/messages.ts'

if (typeof customElements !== 'undefined') defineSeatMap()
