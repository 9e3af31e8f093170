/** A refusal of an embedded API, as it goes over the wire. */
export class ApiError extends Error {
  /** The error's name, as the SDK shows it. */
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.code = code
    this.status = status
  }
}
