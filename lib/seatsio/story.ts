// What the examples of endpoints have in common. They tell one story, in the order of `storyPlace`: a company is
// made, a chart is imported, events are made on it and changed, and one goes again; of the others, two seats are held, sold and
// offered again. `test/lib/seatsio/examples.test.ts` runs it.

/** Ids, keys and secrets that a real run makes anew, as the examples show them. */
export const SHOWN = {
  adminKey: 'uH3m0XyT5vQd1oKp9bWcRz7sLfEaNg2iJt4A',
  designerKey: 'Qk8sVb2nYx6rTc0mLw4zJd9hGp5fEa1uOi7R',
  email: 'test-01kn8v1m3zx4q9t7w2c5b6d8ef@holdfast.invalid',
  workspaceId: 562036736000117,
  workspaceKey: '7c1b2f64-3d8e-4a59-b0c7-91e5d2a8f463',
  workspaceSecret: 'Zr5tYw1qXc7vBn3mKd9sPf2hLg8jAe6uIo4T',
  boxOfficeId: 562036736000118,
  boxOfficeKey: '2f9d6a1c-58b7-4e03-9c4d-a6e81f7b3520',
  boxOfficeSecret: 'Mw2xNc8bVq4tRz6yKp1sDf7gHj3lAe9uIo5E',
  boxOfficeNewSecret: 'Bd5hJk9mQs1wTx3zCv6nLp8rGf2yAe4uIo7W',
  boxOfficeAddedSecret: 'Jr8vKm2cWz6qTx4nBp9sLd1gYf7hAe3uIo5B',
  popUpId: 562036736000130,
  popUpKey: 'c4e91b7a-0d36-4f82-8a5b-63f0d92e17ab',
  popUpSecret: 'Hn4kWq7cZx1vBm9tRs3pLd6gFj2yAe8uIo5N',
  companyId: 562036736000116,
  newAdminKey: 'Vt6rPw2xKd9mQz4cBn7hLs1gJf3yAe5uIo8T',
  newDesignerKey: 'Xc3vZq8nWm5tRk1pLd7gHs4jBf9yAe2uIo6D',
  afternoonChartKey: '91a7d3c0-5e42-4b68-9f1d-20c8e6b4a735',
  logLineId: 562036736000131,
  chartId: 562036736000119,
  firstNightId: 562036736000120,
  matineeId: 562036736000121,
  lateShowId: 562036736000122,
  lateShowKey: '0b8e4c7d-92f1-46a5-8d3e-5c7a1b9f2e60',
  holdToken: 'k3JxQ0aZ7b',
  newestLineId: 562036843000131,
  earlierLineId: 562036843000130,
  objectLineId: 562036793000127,
  requestId: '0d6c1a52-6e34-4a0f-8c6e-5f6a0b1de7c4',
  thumbnail: '01KN8V1M40P3R5S7T9VBXDZFHK-1',
  stageId: 562036736000123,
  stageKey: '5b0a7c5e-6a55-4a8c-9a57-2a0f6f0f6a11',
  stageThumbnail: '01KN8V2C5RQ4S6T8VAXCZEFGJM-1',
  copyId: 562036736000124,
  copyKey: 'c81d4e2e-bcf2-41e6-869b-7df92533d2db',
  copyThumbnail: '01KN8V3D7SR5T7V9WBYDZFGHKN-1',
  guestId: 562036736000125,
  guestKey: '9f1b6f0e-2d7c-4b3a-8e55-6c0d1a2b3c4d',
  guestThumbnail: '01KN8V4E9TS6V8WAXCZDFGHJMP-1',
  secondGuestId: 562036736000126,
  secondGuestKey: '3e6d9c2b-8a41-4f70-b1d5-e2f3a4b5c6d7',
  seasonId: 562036736000140,
  seasonFirstId: 562036736000141,
  seasonSecondId: 562036736000142,
  seasonThirdId: 562036736000143,
  partialSeasonId: 562036736000144,
  secondGuestThumbnail: '01KN8V5FBVT7W9XBYDZEFGHKNQ-1',
} as const

/** Where the examples were asked. */
export const SHOWN_ORIGIN = 'http://localhost'

/** The moment at which the story happens. */
export const NOW = '2027-03-04T18:20:00.000Z'

/** The event of which most is told. */
export const firstNight = { eventKey: 'first-night' }

export const orderId = 'ord-8841'

/** What the error of an example is. */
export function oneError(status: number, error: { code: string; message: string; data?: object }) {
  const { requestId } = SHOWN
  return { status, messages: [error.message], errors: [error], warnings: [], requestId }
}
