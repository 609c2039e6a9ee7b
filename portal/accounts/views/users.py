"""The users of this host: list, one person, and what can be done with them (ROL-01)."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.faces import current_face
from portal.accounts.filters.users import UserFilter
from portal.accounts.forms.users import NewUserForm, RolesForm, UserForm
from portal.accounts.models import User
from portal.accounts.services import (
    assign_roles,
    change_user,
    deactivate_user,
    grantable_roles,
    invite_person,
    reactivate_user,
    send_password_link,
)
from portal.accounts.slots import after_roles, person_cards
from portal.accounts.states import state_of
from portal.accounts.tables.users import UserTable
from portal.core.chips import chip_of
from portal.core.pages import ActionPage, FormPage, ListPage, Page
from portal.permissions import LOWEST_ROLE, BuiltinRole, Face, Perm


class _OnePerson:
    """Pages about one user; guests from other hosts are not managed here and answer 404."""

    def person(self) -> User:
        """The user of the address, with roles; read once per request."""
        return self._person

    @cached_property
    def _person(self) -> User:
        return get_object_or_404(User.objects.people().prefetch_related("roles"), pk=self.kwargs["pk"])

    def back(self) -> str:
        """The person's own page."""
        return reverse("accounts:user", args=[self.kwargs["pk"]])


class UserList(ListPage):
    permission = Perm.USER_READ
    template = "accounts/user_list.html"
    partial = "accounts/_user_table.html"
    table = UserTable
    filter = UserFilter
    export_name = "users"

    def rows(self) -> QuerySet:
        return User.objects.people().prefetch_related("roles")

    def context(self) -> dict[str, Any]:
        return {"may_create": self.request.user.may(Perm.USER_WRITE)}


class UserCreate(FormPage):
    permission = Perm.USER_WRITE
    template = "accounts/user_create.html"
    form_class = NewUserForm
    done_message = _("The user was created, and a link to choose a password is on its way.")

    def form_arguments(self) -> dict[str, Any]:
        roles = grantable_roles(by=self.request.user)
        return {"roles": roles, "with_personnel_id": current_face() is Face.TENANT}

    def initial(self) -> dict[str, Any]:
        return {"role": LOWEST_ROLE[current_face()].value}

    def perform(self, form: NewUserForm) -> str:
        user = invite_person(by=self.request.user, **form.cleaned_data)
        return reverse("accounts:user", args=[user.pk])


class UserDetail(_OnePerson, Page):
    permission = Perm.USER_READ
    template = "accounts/user_detail.html"

    def context(self) -> dict[str, Any]:
        person, viewer = self.person(), self.request.user
        return {
            "person": person,
            "state": chip_of(state_of(person)),
            "roles": sorted(str(role.label) for role in person.roles.all()),
            "may_write": viewer.may(Perm.USER_WRITE),
            "may_assign": viewer.may(Perm.ROLE_ASSIGN),
            "is_me": person.pk == viewer.pk,
            "is_owner": any(role.code == BuiltinRole.OWNER.value for role in person.roles.all()),
            "cards": person_cards(person, viewer),
        }


class UserEdit(_OnePerson, FormPage):
    permission = Perm.USER_WRITE
    template = "accounts/user_edit.html"
    form_class = UserForm
    done_message = _("Saved.")

    def context(self) -> dict[str, Any]:
        return {"person": self.person()}

    def initial(self) -> dict[str, Any]:
        person = self.person()
        return {"display_name": person.display_name, "email": person.email}

    def perform(self, form: UserForm) -> str:
        change_user(user=self.person(), by=self.request.user, **form.cleaned_data)
        return self.back()


class UserRoles(_OnePerson, FormPage):
    permission = Perm.ROLE_ASSIGN
    template = "accounts/user_roles.html"
    form_class = RolesForm
    done_message = _("The roles are saved. Who was signed in with the old ones has to sign in again.")

    def context(self) -> dict[str, Any]:
        return {"person": self.person()}

    def form_arguments(self) -> dict[str, Any]:
        # Roles that the viewer cannot give stay in sight if the person has them; the service refuses to take them.
        offered = {role.pk: role for role in [*grantable_roles(by=self.request.user), *self.person().roles.all()]}
        return {"offered": list(offered.values())}

    def initial(self) -> dict[str, Any]:
        return {"roles": [role.pk for role in self.person().roles.all()]}

    def perform(self, form: RolesForm) -> str:
        person = assign_roles(user=self.person(), roles=form.cleaned_data["roles"], by=self.request.user)
        return after_roles(person) or self.back()


class UserLock(_OnePerson, ActionPage):
    permission = Perm.USER_WRITE
    done_message = _("The sign-in is locked and its sessions are ended.")

    def perform(self) -> str:
        deactivate_user(user=self.person(), by=self.request.user)
        return self.back()

    refused_to = _OnePerson.back


class UserUnlock(_OnePerson, ActionPage):
    permission = Perm.USER_WRITE
    done_message = _("The person may sign in again.")

    def perform(self) -> str:
        reactivate_user(user=self.person(), by=self.request.user)
        return self.back()

    refused_to = _OnePerson.back


class UserPasswordLink(_OnePerson, ActionPage):
    permission = Perm.USER_WRITE
    done_message = _("A link to choose a password is on its way.")

    def perform(self) -> str:
        send_password_link(user=self.person(), by=self.request.user)
        return self.back()

    refused_to = _OnePerson.back
