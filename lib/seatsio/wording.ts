/** What went wrong, before it is put into the error's body. */
export interface Wording {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  /** Details, where the API has a place for them. */
  readonly data?: object
  /** What is wrong as well, and forbids nothing. */
  readonly warning?: Omit<Wording, 'status' | 'warning'>
}

/** Every code that an error of this surface may have. */
export const errorCodes = [
  'GENERAL_ERROR',
  'EVENT_NOT_FOUND',
  'SEASON_NOT_FOUND',
  'EVENT_NOT_IN_SEASON',
  'CHART_NOT_FOUND',
  'WORKSPACE_NOT_FOUND',
  'EVENT_KEY_ALREADY_EXISTS',
  'CHANNEL_NOT_FOUND',
  'CHANNEL_ALREADY_EXISTS',
  'DRAWING_VALIDATION_FAILED',
  'OBJECT_NOT_FOUND',
  'OBJECT_IN_CHANNEL',
  'OBJECT_NOT_FOR_SALE',
  'ILLEGAL_STATUS_CHANGE',
  'HOLD_TOKEN_NOT_FOUND',
  'HOLD_TOKEN_REQUIRED',
  'NOT_HELD_BY_TOKEN',
  'NOT_ENOUGH_PLACES',
  'BEST_AVAILABLE_OBJECTS_NOT_FOUND',
  'TOO_MANY_OBJECTS',
  'ADMISSION_REQUIRED',
  'ADMISSION_INVALID',
  'ADMISSION_EXPIRED',
  'ADMISSION_TOO_EARLY',
  'ADMISSION_FOR_OTHER_EVENT',
  'ADMISSION_USED_UP',
  'RATE_LIMIT_EXCEEDED',
  'INTERNAL_ERROR',
] as const

export type ErrorCode = (typeof errorCodes)[number]
