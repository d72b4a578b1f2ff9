export {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ECRClient,
  paginateDescribePullThroughCacheRules,
} from '@aws-sdk/client-ecr'
