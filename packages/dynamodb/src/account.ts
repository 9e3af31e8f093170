import { instant } from '@holdfast/embedded/clock'
import { saveTable } from './store.ts'
import type { Store } from './store.ts'
import { namedTable } from './tables/tables.ts'
import type { Table } from './types.ts'

/** DescribeLimits: the quotas a new account has. */
export function describeLimits(): object {
  return {
    AccountMaxReadCapacityUnits: 80_000,
    AccountMaxWriteCapacityUnits: 80_000,
    TableMaxReadCapacityUnits: 40_000,
    TableMaxWriteCapacityUnits: 40_000,
  }
}

/** DescribeEndpoints. */
export function describeEndpoints({ origin }: Store): object {
  return {
    Endpoints: [{ Address: `dynamodb.${origin.region}.amazonaws.com`, CachePeriodInMinutes: 1440 }],
  }
}

/** Days that point-in-time recovery reaches back unless told otherwise. */
const recoveryDays = 35

/** DescribeContinuousBackups. */
export function describeBackups(store: Store, { TableName: name }: { TableName: string }): object {
  return backups(store, namedTable(store, name))
}

interface UpdateBackupsRequest {
  TableName: string
  PointInTimeRecoverySpecification: {
    PointInTimeRecoveryEnabled: boolean
    RecoveryPeriodInDays?: number
  }
}

/** UpdateContinuousBackups: keeps the state only; nothing can be restored. */
export function updateBackups(store: Store, request: UpdateBackupsRequest): Promise<object> {
  const { PointInTimeRecoveryEnabled: enabled, RecoveryPeriodInDays: days = recoveryDays } =
    request.PointInTimeRecoverySpecification
  return store.exclusively(async () => {
    const { pointInTimeRecovery: old, ...rest } = namedTable(store, request.TableName)
    const since = old?.since ?? store.clock.now()
    const table: Table = enabled ? { ...rest, pointInTimeRecovery: { since, days } } : rest
    await saveTable(store, table)
    return backups(store, table)
  })
}

function backups(store: Store, { pointInTimeRecovery: recovery }: Table): object {
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription:
        recovery === undefined
          ? { PointInTimeRecoveryStatus: 'DISABLED' }
          : {
              PointInTimeRecoveryStatus: 'ENABLED',
              RecoveryPeriodInDays: recovery.days,
              EarliestRestorableDateTime: earliest(store, recovery) / 1000,
              LatestRestorableDateTime: store.clock.now() / 1000,
            },
    },
  }
}

function earliest(store: Store, { since, days }: { since: number; days: number }): number {
  return Math.max(since, instant(store.clock.now() - days * 24 * 60 * 60 * 1000))
}
