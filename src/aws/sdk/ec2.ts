/** What is used of the client, named one by one: a bundler leaves out the other 99 hundredths. */
export {
  DescribeVpcAttributeCommand,
  EC2Client,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
  paginateDescribeVpcEndpoints,
} from '@aws-sdk/client-ec2'
