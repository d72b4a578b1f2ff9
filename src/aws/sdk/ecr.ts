/** What is used of the client, named one by one: a bundler leaves out the rest. */
export {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  paginateDescribePullThroughCacheRules,
} from '@aws-sdk/client-ecr'
