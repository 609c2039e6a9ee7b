"""Which role may do what, and roles that people make themselves (ROL-05, ROL-06, ROL-09)."""

from functools import cached_property
from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.forms.roles import DeleteRoleForm, RoleForm
from portal.accounts.models import Role
from portal.accounts.role_matrix import COLUMN_LABELS, matrix
from portal.accounts.selectors import holders_of, role_matrix
from portal.accounts.services.custom_roles import create_role, delete_role, edit_role, offered_permissions
from portal.accounts.services.roles import grantable_roles
from portal.core.pages import FormPage, Page, VersionedFormPage
from portal.permissions import SCOPED, Perm

SHOWN = 50  # holders that a role's page names


class RoleMatrix(Page):
    permission = Perm.USER_READ
    template = "accounts/role_matrix.html"

    def context(self) -> dict[str, Any]:
        return role_matrix()


class OneRole:
    """A page about the role whose id is in the address."""

    @cached_property
    def role(self) -> Role:
        """The role; read once per request."""
        return get_object_or_404(self.found(), pk=self.kwargs["pk"])

    def found(self) -> Any:
        """The roles of this page."""
        return Role.objects.all()

    def back(self) -> str:
        """The role's own page."""
        return reverse("accounts:role", args=[self.kwargs["pk"]])


class RoleDetail(OneRole, Page):
    permission = Perm.USER_READ
    template = "accounts/role_detail.html"

    def context(self) -> dict[str, Any]:
        role, viewer = self.role, self.request.user
        holders = list(holders_of(role)[: SHOWN + 1])
        grantable = viewer.may_grant(role.grants, in_teams=role.team_scoped)
        return {
            "role": role,
            "lines": matrix([one for one in Perm if one in role.grants], ticked=[one.value for one in role.grants]),
            "columns": COLUMN_LABELS,
            "holders": holders[:SHOWN],
            "more": len(holders) > SHOWN,
            "may_create": viewer.may(Perm.ROLE_CREATE),
            "may_edit": viewer.may(Perm.ROLE_UPDATE) and not role.builtin,
            "may_delete": viewer.may(Perm.ROLE_DELETE) and not role.builtin,
            "may_view_as": viewer.may(Perm.ROLE_ASSIGN) and grantable and role.code != "owner",
        }


class _RoleForm(FormPage, abstract=True):
    """A form over a role as a matrix."""

    form_class = RoleForm

    def form_arguments(self) -> dict[str, Any]:
        user = self.request.user
        offered = offered_permissions()
        scoped = self.request.POST.get("team_scoped") == "on" or self.scoped_now()
        return {"offered": offered, "grantable": {one for one in offered if user.may_grant([one], in_teams=scoped)}}

    def scoped_now(self) -> bool:
        """Whether the role counts only in teams as it stands."""
        return False

    def context(self) -> dict[str, Any]:
        return {"columns": COLUMN_LABELS, "scoped_area": SCOPED}


class RoleCreate(_RoleForm):
    """Empty, or a copy of the role `?from=<id>` as far as the person could give it."""

    permission = Perm.ROLE_CREATE
    template = "accounts/role_create.html"
    done_message = gettext_lazy("Role created. Give it to people on their pages.")

    @cached_property
    def source(self) -> Role | None:
        """The role that is copied."""
        key = self.request.GET.get("from", "")
        return Role.objects.filter(pk=int(key)).first() if key.isascii() and key.isdecimal() and len(key) < 19 else None

    def scoped_now(self) -> bool:
        return bool(self.source and self.source.team_scoped)

    def initial(self) -> dict[str, Any]:
        if self.source is None:
            return {"permissions": [Perm.OWN_USE.value, Perm.HELP_READ.value]}
        user, source = self.request.user, self.source
        given = [one.value for one in source.grants if user.may_grant([one], in_teams=source.team_scoped)]
        name = _("Copy of %(name)s") % {"name": source.label}
        return {"name": name[:80], "team_scoped": source.team_scoped, "permissions": given}

    def perform(self, form: RoleForm) -> str:
        role = create_role(by=self.request.user, **form.cleaned_data)
        return reverse("accounts:role", args=[role.pk])


class RoleEdit(OneRole, _RoleForm, VersionedFormPage):
    permission = Perm.ROLE_UPDATE
    template = "accounts/role_edit.html"
    done_message = gettext_lazy("Role saved. It counts from everybody's next click.")

    def found(self) -> Any:
        return Role.objects.filter(builtin=False)

    def current(self) -> Role:
        return self.role

    def scoped_now(self) -> bool:
        return self.request.method == "GET" and self.role.team_scoped

    def initial(self) -> dict[str, Any]:
        role = self.role
        return {"name": role.name, "team_scoped": role.team_scoped, "permissions": [one.value for one in role.grants]}

    def context(self) -> dict[str, Any]:
        return {"role": self.role, **super().context()}

    def perform(self, form: RoleForm) -> str:
        edit_role(role=self.role, by=self.request.user, **form.cleaned_data)
        return self.back()


class RoleDelete(OneRole, FormPage):
    permission = Perm.ROLE_DELETE
    template = "accounts/role_delete.html"
    form_class = DeleteRoleForm
    done_message = gettext_lazy("Role deleted.")

    def found(self) -> Any:
        return Role.objects.filter(builtin=False)

    @cached_property
    def holders(self) -> int:
        """How many people have it."""
        return self.role.users.count()

    def form_arguments(self) -> dict[str, Any]:
        roles = [role for role in grantable_roles(by=self.request.user) if role.pk != self.role.pk]
        return {"roles": roles, "needed": self.holders > 0}

    def context(self) -> dict[str, Any]:
        return {"role": self.role, "holders": self.holders}

    def perform(self, form: DeleteRoleForm) -> str:
        delete_role(role=self.role, replacement=form.cleaned_data.get("replacement"), by=self.request.user)
        return reverse("accounts:roles")
