"""The view itself: a page of six items with five radios each."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import path

from benchmarks.bare.models import BareAnswer

LABELS = ("Tidak pernah", "Jarang", "Kadang-kadang", "Sering", "Selalu")
ITEMS = [
    {
        "name": f"B{number}",
        "stem": f"Saya menyelesaikan tugas nomor {number}.",
        "options": list(enumerate(LABELS, 1)),
    }
    for number in range(1, 7)
]


@login_required
def page(request):
    if request.method == "POST":
        BareAnswer.objects.create(person=request.user, item="B1", value=int(request.POST["B1"]))
        return redirect("page")
    return render(request, "page.html", {"items": ITEMS})


urlpatterns = [path("", page, name="page")]
