declare module 'dynalite/db/index.js' {
  interface Database {
    open(options?: { createIfMissing?: boolean; errorIfExists?: boolean }): Promise<void>
    close(): Promise<void>
    getSync(key: string): unknown
    batch(operations: readonly object[]): Promise<void>
    clear(range: object): Promise<void>
    iterator(range: object): AsyncIterable<[string, unknown]>
  }
  interface Schema {
    KeySchema: readonly { AttributeName: string }[]
    AttributeDefinitions: readonly { AttributeName: string; AttributeType: string }[]
  }
  const dynaliteDb: {
    create(options: { path?: string }): { db: Database }
    createKey(item: object, table: Schema, keySchema?: Schema['KeySchema']): string
    createIndexKey(item: object, table: Schema, keySchema: Schema['KeySchema']): string
    hashPrefix(value: string, type: string): string
    toRangeStr(value: object | string, type?: string): string
    itemSize(item: object, compress: boolean, addMetaSize: boolean, rangeKey?: string): number
    compare: (comparison: string, value: object, others: object) => boolean
  }
  export default dynaliteDb
}

declare module 'dynalite/validations/index.js' {
  const validations: {
    checkTypes(data: object, types: object): Record<string, unknown>
    validateExpressions(data: object): string | undefined
    validateExpressionParams(
      data: object,
      expressions: string[],
      others: string[],
    ): string | undefined
    validateAttributeValue(value: object): string | undefined
    validateAttributeConditions(data: object): string | undefined
    validateConditions(conditions: object | undefined): string | undefined
    convertKeyCondition(expression: object): Record<string, unknown> | string
    findDuplicate(values: readonly string[]): string | null | undefined
  }
  export default validations
}

declare module 'dynalite/validations/*' {
  const validation: {
    types: Record<string, unknown>
    custom?: (data: never, store: never) => string | undefined
  }
  export default validation
}

declare module 'big.js' {
  interface Big {
    /** Digits, sign and exponent of the leading digit. */
    readonly c: readonly number[]
    readonly s: 1 | -1
    readonly e: number
    plus(other: Big | string): Big
    minus(other: Big | string): Big
    cmp(other: Big | string): -1 | 0 | 1
    toFixed(): string
  }
  const Big: new (value: string | Big) => Big
  export default Big
}

declare module 'dynalite/db/*Parser.js' {
  const parser: {
    /** Throws an error with the place of the fault. */
    parse: (expression: string, options: { context: object }) => unknown
  }
  export default parser
}
