export { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
export { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core'
