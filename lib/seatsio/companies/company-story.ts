import { SHOWN } from '../story.ts'

// What the examples show of companies, their workspaces and their ticket buyers.

export const ticketBuyers = [
  '3f2a8c51-7d04-4e9b-a6f8-15c0b97d2e43',
  'e81d60b9-2c57-4fa3-8b1e-94d7f3a05c62',
]

export const newAccount = {
  secretKey: SHOWN.adminKey,
  secretKeys: [SHOWN.adminKey],
  designerKey: SHOWN.designerKey,
  publicKey: SHOWN.workspaceKey,
  email: SHOWN.email,
  role: 'ADMIN',
  company: { id: SHOWN.companyId, name: 'Test company' },
  settings: {
    draftChartDrawingsEnabled: true,
    holdOnSelectForGAs: true,
    holdPeriodInMinutes: 15,
    chartValidation: {
      VALIDATE_DUPLICATE_LABELS: 'OFF',
      VALIDATE_OBJECTS_WITHOUT_CATEGORIES: 'OFF',
      VALIDATE_UNLABELED_OBJECTS: 'OFF',
      VALIDATE_FOCAL_POINT: 'OFF',
      VALIDATE_OBJECT_TYPES_PER_CATEGORY: 'OFF',
      VALIDATE_EMPTY_FLOOR: 'OFF',
    },
    defaultRendererSettings: {
      showFullScreenButton: false,
      multiSelectEnabled: false,
      companionSeatValidationEnabled: false,
    },
  },
}

export const boxOffice = {
  id: SHOWN.boxOfficeId,
  name: 'Box office',
  key: SHOWN.boxOfficeKey,
  secretKey: SHOWN.boxOfficeSecret,
  secretKeys: [SHOWN.boxOfficeSecret],
  isTest: true,
  isActive: true,
  isDefault: false,
  settings: {},
}

export const boxOfficeParams = { workspaceKey: SHOWN.boxOfficeKey }

export const production = {
  ...boxOffice,
  id: SHOWN.workspaceId,
  name: 'Production workspace',
  key: SHOWN.workspaceKey,
  secretKey: SHOWN.workspaceSecret,
  secretKeys: [SHOWN.workspaceSecret],
  isTest: false,
  isDefault: true,
}

export const popUp = {
  ...boxOffice,
  id: SHOWN.popUpId,
  name: 'Pop-up',
  key: SHOWN.popUpKey,
  secretKey: SHOWN.popUpSecret,
  secretKeys: [SHOWN.popUpSecret],
  isTest: false,
}

export const popUpParams = { workspaceKey: SHOWN.popUpKey }
