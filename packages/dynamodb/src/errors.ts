/** A refusal of the API, as it goes over the wire. */
export class ApiError extends Error {
  readonly status: number
  readonly body: { __type: string } & Record<string, unknown>
  /** It refuses the request itself: inside a transaction too, it is not a reason to cancel. */
  readonly atOnce: boolean

  constructor(body: ApiError['body'], { status = 400, atOnce = false } = {}) {
    super(body.__type)
    this.body = body
    this.status = status
    this.atOnce = atOnce
  }
}

const dynamo = 'com.amazonaws.dynamodb.v20120810#'
const coral = 'com.amazon.coral.service#'

/** The request is malformed or breaks a rule of its table. */
export function validationError(message: string, atOnce = false): ApiError {
  return new ApiError(
    { __type: 'com.amazon.coral.validate#ValidationException', message },
    { atOnce },
  )
}

/** A parameter rule that AWS words with its usual opening. */
export function invalidParameter(detail: string): ApiError {
  return validationError(`One or more parameter values were invalid: ${detail}`)
}

/** A named DynamoDB exception. */
export function dynamoError(name: string, message: string): ApiError {
  return new ApiError({ __type: dynamo + name, message }, { atOnce: true })
}

/** A named exception of the service's front door. */
export function serviceError(name: string, message?: string): ApiError {
  return new ApiError({
    __type: coral + name,
    ...(message === undefined ? {} : { message }),
  })
}

/** The table, stream or index does not exist. */
export function notFound(message = 'Requested resource not found'): ApiError {
  return dynamoError('ResourceNotFoundException', message)
}

/** The condition of a single write did not hold; carries the item when it was asked for. */
export function conditionFailed(item?: object): ApiError {
  return new ApiError({
    __type: `${dynamo}ConditionalCheckFailedException`,
    message: 'The conditional request failed',
    ...(item === undefined ? {} : { Item: item }),
  })
}

/** One entry for each item of a cancelled transaction, in request order. */
export interface CancellationReason {
  Code: string
  Message?: string
  Item?: object
}

/** A transaction that was not applied, with the reason for each of its items. */
export function transactionCancelled(reasons: readonly CancellationReason[]): ApiError {
  const codes = reasons.map((reason) => reason.Code).join(', ')
  return new ApiError({
    __type: `${dynamo}TransactionCanceledException`,
    Message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    CancellationReasons: reasons,
  })
}
