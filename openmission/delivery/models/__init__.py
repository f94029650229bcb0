"""Tables of the delivery room."""

from openmission.delivery.models.delivery import DeclinedBooster, Delivery, DeliveryVersion, StatusExam
from openmission.delivery.models.group import Group, GroupLeader, GroupMeeting, GroupMember

__all__ = [
    "DeclinedBooster",
    "Delivery",
    "DeliveryVersion",
    "Group",
    "GroupLeader",
    "GroupMeeting",
    "GroupMember",
    "StatusExam",
]
