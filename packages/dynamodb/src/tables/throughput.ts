import { validationError } from '../errors.ts'
import type { Throughput } from '../types.ts'

/** Throughput of a table or index that is paid by request. */
export function noUnits(old: Throughput | undefined): Throughput {
  return { NumberOfDecreasesToday: 0, ...old, ReadCapacityUnits: 0, WriteCapacityUnits: 0 }
}

/** Throughput after a change, with the times that DescribeTable shows. */
export function changedThroughput(
  old: Throughput | undefined,
  asked: Throughput,
  now: number,
): Throughput {
  const { ReadCapacityUnits: reads = 0, WriteCapacityUnits: writes = 0 } = old ?? {}
  const up = asked.ReadCapacityUnits > reads || asked.WriteCapacityUnits > writes
  const down = asked.ReadCapacityUnits < reads || asked.WriteCapacityUnits < writes
  return {
    ...old,
    ...asked,
    NumberOfDecreasesToday: (old?.NumberOfDecreasesToday ?? 0) + (down ? 1 : 0),
    ...(up ? { LastIncreaseDateTime: now } : {}),
    ...(down ? { LastDecreaseDateTime: now } : {}),
  }
}

/** Refuses a change of throughput that changes nothing. */
export function refuseSameThroughput(old: Throughput | undefined, asked: Throughput): void {
  const { ReadCapacityUnits: reads = 0, WriteCapacityUnits: writes = 0 } = old ?? {}
  if (reads !== asked.ReadCapacityUnits || writes !== asked.WriteCapacityUnits) return
  throw validationError(
    'The provisioned throughput for the table will not change. The requested value equals the current value. ' +
      `Current ReadCapacityUnits provisioned for the table: ${reads}. ` +
      `Requested ReadCapacityUnits: ${asked.ReadCapacityUnits}. ` +
      `Current WriteCapacityUnits provisioned for the table: ${writes}. ` +
      `Requested WriteCapacityUnits: ${asked.WriteCapacityUnits}. ` +
      'Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.',
  )
}
