"""Three plain tables for the floor: a form, its photo, a line of a log."""

from django.db import models


class Form(models.Model):
    """Twelve answers."""

    full_name = models.CharField(max_length=200)
    birth_date = models.DateField()
    citizen_id = models.CharField(max_length=12)
    phone = models.CharField(max_length=15)
    email = models.EmailField()
    child_name = models.CharField(max_length=200)
    child_birth_date = models.DateField()
    sex = models.CharField(max_length=10)
    place = models.CharField(max_length=200)
    mother = models.CharField(max_length=200)
    father = models.CharField(max_length=200)
    copies = models.IntegerField()

    def __str__(self) -> str:
        return str(self.pk)


class Photo(models.Model):
    """Where the photo lies."""

    form = models.ForeignKey(Form, models.CASCADE)
    path = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.path


class Line(models.Model):
    """That it happened."""

    form = models.ForeignKey(Form, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.at)
