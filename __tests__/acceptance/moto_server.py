"""An AWS in memory on 127.0.0.1, for CloudFormation and STS: moto's own server, with two gaps closed.

    python moto_server.py PORT

moto leaves the route tables and NAT gateways of a deleted stack behind, and then refuses to delete their VPC. AWS deletes
them with the stack.
"""

import sys

from moto.ec2.models.vpcs import VPCBackend
from moto.server import main

delete_vpc = VPCBackend.delete_vpc


def delete_vpc_whole(self, vpc_id):
    for table in self.describe_route_tables(filters={"vpc-id": vpc_id}):
        if not table.main_association_id:
            table.associations.clear()
            self.delete_route_table(table.id)
    return delete_vpc(self, vpc_id)


VPCBackend.delete_vpc = delete_vpc_whole
main(["-H", "127.0.0.1", "-p", sys.argv[1]])
