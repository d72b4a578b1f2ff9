/** What is used of the client, named one by one: a bundler leaves out the rest. */
export { CloudWatchLogsClient, DescribeLogGroupsCommand, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
