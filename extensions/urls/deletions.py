"""What was deleted lately, and bringing it back."""

from django.urls import path

from extensions.views.deletion import DeletedLately, UndoDeletion

urlpatterns = [
    path("deletions/", DeletedLately.as_view(), name="deletions"),
    path("deletions/<int:pk>/undo/", UndoDeletion.as_view(), name="undo"),
]
