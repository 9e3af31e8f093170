import { bookSeats } from '../../../../functions/seatbuilder/seats/book-seats.ts'
import { extendHolds } from '../../../../functions/seatbuilder/seats/extend-holds.ts'
import { getStatus } from '../../../../functions/seatbuilder/seats/get-status.ts'
import { holdSeats } from '../../../../functions/seatbuilder/seats/hold-seats.ts'
import { releaseSeats } from '../../../../functions/seatbuilder/seats/release-seats.ts'
import { addObjectsToChannel } from '../../../../functions/seatsio/channels/add-objects-to-channel.ts'
import { removeObjectsFromChannel } from '../../../../functions/seatsio/channels/remove-objects-from-channel.ts'
import { replaceChannels } from '../../../../functions/seatsio/channels/replace-channels.ts'
import { importChart } from '../../../../functions/seatsio/charts/import-chart.ts'
import { createEvent } from '../../../../functions/seatsio/events/create-event.ts'
import { deleteEvent } from '../../../../functions/seatsio/events/delete-event.ts'
import { getEvent } from '../../../../functions/seatsio/events/get-event.ts'
import { updateEvent } from '../../../../functions/seatsio/events/update-event.ts'
import { changeObjectStatusInBatch } from '../../../../functions/seatsio/objects/change-object-status-in-batch.ts'
import { changeObjectStatusInGroup } from '../../../../functions/seatsio/objects/change-object-status-in-group.ts'
import { createHoldToken } from '../../../../functions/seatsio/objects/create-hold-token.ts'
import { getObjects } from '../../../../functions/seatsio/objects/get-objects.ts'
import { listStatusChanges } from '../../../../functions/seatsio/objects/list-status-changes.ts'
import { moveHoldToken } from '../../../../functions/seatsio/objects/move-hold-token.ts'
import { updateExtraData } from '../../../../functions/seatsio/objects/update-extra-data.ts'
import { markAsNotForSale } from '../../../../functions/seatsio/sale-rules/mark-as-not-for-sale.ts'
import { markEverythingAsForSale } from '../../../../functions/seatsio/sale-rules/mark-everything-as-for-sale.ts'
import { addEventsToPartialSeason } from '../../../../functions/seatsio/seasons/add-events-to-partial-season.ts'
import { createPartialSeason } from '../../../../functions/seatsio/seasons/create-partial-season.ts'
import { createSeasonEvents } from '../../../../functions/seatsio/seasons/create-season-events.ts'
import { createSeason } from '../../../../functions/seatsio/seasons/create-season.ts'
import { removeEventFromPartialSeason } from '../../../../functions/seatsio/seasons/remove-event-from-partial-season.ts'
import { overrideSeasonStatus } from '../../../../functions/seatsio/objects/override-season-status.ts'
import { useSeasonStatus } from '../../../../functions/seatsio/objects/use-season-status.ts'
import type { Endpoint } from '../../../../lib/http/endpoint.ts'

/** What histories call: named one by one, so that a bundle has them. */
export const endpoints: readonly { readonly endpoint: Endpoint }[] = [
  bookSeats,
  extendHolds,
  getStatus,
  holdSeats,
  releaseSeats,
  addObjectsToChannel,
  removeObjectsFromChannel,
  replaceChannels,
  importChart,
  createEvent,
  deleteEvent,
  getEvent,
  updateEvent,
  changeObjectStatusInBatch,
  changeObjectStatusInGroup,
  createHoldToken,
  getObjects,
  listStatusChanges,
  moveHoldToken,
  updateExtraData,
  markAsNotForSale,
  markEverythingAsForSale,
  overrideSeasonStatus,
  useSeasonStatus,
  createSeason,
  createSeasonEvents,
  createPartialSeason,
  addEventsToPartialSeason,
  removeEventFromPartialSeason,
].map((endpoint) => ({ endpoint }))
