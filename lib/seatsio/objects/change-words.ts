/** The fields of all calls that change objects, and words of others that are easily taken for one. */
export const changeWords: readonly string[] = [
  ...['objects', 'objectId', 'holdToken', 'orderId', 'ticketType', 'quantity', 'extraData'],
  ...['keepExtraData', 'channelKeys', 'ignoreChannels', 'resaleListingId', 'bestAvailable'],
  ...['allowedPreviousStatuses', 'rejectedPreviousStatuses', 'status', 'type'],
  ...['event', 'events', 'statusChanges', 'expiresInMinutes'],
  ...['label', 'labels', 'object', 'objectIds', 'objectLabel', 'objectLabels', 'seats', 'token'],
  ...['ttl', 'ttlSecond', 'ttlSeconds', 'expiresInSeconds', 'eventKey', 'eventKeys', 'categoryKey'],
]
