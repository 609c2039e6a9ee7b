"""Pools come along empty; what a company gets of each license is told apart (TPL-07)."""

from licensing.models import Pool
from tenants.content_words import leave_untold

leave_untold(Pool)
