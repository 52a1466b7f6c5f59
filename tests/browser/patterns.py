"""Every shared part on three pages that exist in tests only: the addresses of a URLconf for one test."""

from datetime import UTC, date, datetime

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from PIL import Image

from motcua.ui import marks

CITIZEN = """{% extends "ui/citizen.html" %}{% load ui %}
{% block title %}Mẫu trang người dân{% endblock %}
{% block before_main %}{% back_link "/" %}{% breadcrumbs "/" "Trang đầu" "" "Chứng thực bản sao" %}{% endblock %}
{% block content %}
<p class="mc-progress">Bước 2 trong 5</p>
<h1 class="govuk-heading-l">Chứng thực bản sao từ bản chính giấy tờ, văn bản Ộ Ễ Ữ ắ</h1>
<p class="govuk-body">Ngày {{ day|long_date }}, lúc {{ at|moment }}. Lệ phí {{ 8000|money }}.
Thời hạn {% duration 2 "working_day" %}.
Điện thoại {{ "0900 000 678"|masked }}.</p>
{% inset %}<p class="govuk-body">Người yêu cầu: <strong>Ka Să H'Oanh Niê Kdăm</strong></p>{% endinset %}
{% notice %}<p class="govuk-body">Trung tâm nghỉ ngày {{ day|short_date }}.</p>{% endnotice %}
{% notice "success" %}<p class="govuk-body">Đã lưu.</p>{% endnotice %}
{% notice "wait" %}<p class="govuk-body">Còn thiếu một giấy tờ.</p>{% endnotice %}
<h2 class="govuk-heading-m">Các trạng thái</h2>
<p>{% for code in statuses %}{% status code %} {% endfor %}</p>
<p>{% for code in standings %}{% standing code %} {% endfor %}</p>
<h2 class="govuk-heading-m">Kiểm tra lại</h2>
{% summary_list rows %}
{% task_list tasks %}
{% details "Vì sao cần giấy này?" %}<p class="govuk-body">Để đối chiếu với bản sao.</p>{% enddetails %}
{% button "Gửi hồ sơ" once=True %} {% button "Sửa lại" kind="secondary" href="/" %}
{% button "Xóa bản nháp" kind="warning" %}
{% pagination "?truoc" "?sau" %}
{% endblock %}"""
DONE = """{% extends "ui/citizen.html" %}{% load ui %}{% block title %}Đã gửi{% endblock %}
{% block content %}
{% panel "Đã gửi hồ sơ" %}<p class="mc-panel__label">Mã hồ sơ</p><p class="mc-panel__number">H36.24-261123-0007</p>
<p class="mc-panel__label">Mã tra cứu</p><p class="mc-panel__number">3467 ACDE FG</p>
{% qr "https://motcua.example/verify" "Quét để tra cứu hồ sơ" %}{% endpanel %}
<p class="govuk-body">Việc tiếp theo: cán bộ xem hồ sơ trước <strong>{{ day|long_date }}</strong>.</p>
<button class="govuk-button govuk-button--secondary" type="button" data-print hidden>In trang này</button>
{% endblock %}"""
FORM = """{% extends "ui/desk.html" %}{% load ui %}{% block title %}Mẫu biểu{% endblock %}
{% block content %}{% error_summary form %}<h1 class="govuk-heading-l">Thêm người làm việc</h1>
<form method="post" novalidate>{% csrf_token %}{% form_fields form %}{% button "Lưu" key="F9" %}</form>
{% endblock %}"""
LIST = """{% extends "ui/desk.html" %}{% load ui %}{% block title %}Mẫu danh sách{% endblock %}
{% block content %}<h1 class="govuk-heading-l">Việc của tôi</h1>
<div class="mc-wide" tabindex="0" role="region" aria-label="Danh sách hồ sơ"><table class="govuk-table mc-rows">
<thead><tr><th scope="col" class="govuk-table__header">Mã hồ sơ</th>
<th scope="col" class="govuk-table__header">Người nộp</th>
<th scope="col" class="govuk-table__header">Thủ tục</th><th scope="col" class="govuk-table__header">Trạng thái</th>
<th scope="col" class="govuk-table__header">Hạn</th></tr></thead>
<tbody data-rows>{% for number in numbers %}<tr><th scope="row" class="govuk-table__cell">
<a class="govuk-link mc-number" data-row href="?{{ number }}">{{ number }}</a></th>
<td class="govuk-table__cell">Ka Să H'Oanh Niê Kdăm</td>
<td class="govuk-table__cell">Chứng thực bản sao từ bản chính</td>
<td class="govuk-table__cell">{% status "processing" %}</td>
<td class="govuk-table__cell">{% standing "due_soon" %} {{ at|short_moment }}</td></tr>
{% endfor %}</tbody></table></div>
{% pagination "" "?sau" %}
<div class="mc-acts">{% button "Tiếp nhận" key="F9" id="receive" %}
{% button "Từ chối" kind="secondary" key="Alt+T" %}</div>
<ol class="mc-ledger"><li><strong>{{ at|short_moment }}</strong> Đã gửi trực tuyến</li><li>Đã tiếp nhận</li></ol>
{% endblock %}"""
QUESTION = """{% extends "ui/citizen.html" %}{% load ui %}{% block title %}Mẫu câu hỏi{% endblock %}
{% block page_scripts %}{% script "autosave" %}{% script "picture" %}{% endblock %}
{% block content %}<h1 class="govuk-heading-l">Người yêu cầu</h1>
{% if received %}<p id="received">{{ received }}</p>{% endif %}
<form method="post" enctype="multipart/form-data" {% autosave "/patterns/save/" %}>{% csrf_token %}
<div class="govuk-form-group"><label class="govuk-label" for="full_name">Họ và tên</label>
<input class="govuk-input" id="full_name" name="full_name"></div>
<div class="govuk-form-group"><label class="govuk-label" for="photo">Ảnh chụp giấy tờ</label>
<input class="govuk-file-upload" id="photo" name="photo" type="file" accept="image/*,application/pdf"></div>
{% button "Tiếp tục" %}<p class="mc-saved" role="status" data-autosave-status></p></form>
{% endblock %}"""
SAVED: list[dict[str, str]] = []


class PersonForm(forms.Form):
    """One field of each kind that an ordinary settings page has."""

    name = forms.CharField(label="Họ và tên")
    phone = forms.CharField(label="Điện thoại", required=False, help_text="Ví dụ 0900 000 678")
    role = forms.ChoiceField(label="Vai trò", choices=[("a", "Cán bộ tiếp nhận"), ("b", "Chuyên viên")])
    kind = forms.ChoiceField(
        label="Cách giữ chức", choices=[("r", "Chính thức"), ("t", "Tạm thay")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Ngày trực", choices=[("2", "thứ Hai"), ("3", "thứ Ba")], widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea, required=False)
    agrees = forms.BooleanField(label="Gửi thông báo", required=False)
    paper = forms.FileField(label="Quyết định phân công")


def _context() -> dict[str, object]:
    return {
        "day": date(2026, 11, 24),
        "at": datetime(2026, 11, 24, 1, 30, tzinfo=UTC),
        "statuses": marks.STATUSES,
        "standings": marks.STANDINGS,
        "rows": [
            {"key": "Họ và tên", "value": "Ka Să H'Oanh Niê Kdăm", "href": "/ten"},
            {"key": "Ngày sinh", "value": "24/11/1990"},
        ],
        "tasks": [{"name": "Người yêu cầu", "href": "/a", "status": "Xong"}, {"name": "Giấy tờ", "status": "Chưa làm"}],
        "numbers": [f"H36.24-261123-{number:04}" for number in range(1, 6)],
        "queues": [
            {"label": "Việc của tôi", "href": "/desk/", "count": "5", "current": True},
            {"label": "Quá hạn", "href": "/desk/?quahan", "count": "1.000+"},
        ],
    }


def _page(request: HttpRequest, source: str, **more: object) -> HttpResponse:
    return HttpResponse(engines["django"].from_string(source).render({**_context(), **more}, request))


def citizen(request: HttpRequest) -> HttpResponse:
    return _page(request, CITIZEN)


def done(request: HttpRequest) -> HttpResponse:
    return _page(request, DONE)


def form(request: HttpRequest) -> HttpResponse:
    return _page(request, FORM, form=PersonForm(request.POST or None))


def rows(request: HttpRequest) -> HttpResponse:
    return _page(request, LIST)


def question(request: HttpRequest) -> HttpResponse:
    photo = request.FILES.get("photo")
    received = f"{photo.name} {photo.size} {Image.open(photo).size}" if photo else ""
    return _page(request, QUESTION, received=received)


def save(request: HttpRequest) -> HttpResponse:
    SAVED.append({**request.POST.dict(), "key": request.headers["Idempotency-Key"], "files": str(len(request.FILES))})
    return HttpResponse(status=204)


urlpatterns = [
    path("patterns/question/", question),
    path("patterns/save/", save),
    path("patterns/citizen/", citizen),
    path("patterns/done/", done),
    path("patterns/form/", form),
    path("patterns/rows/", rows),
    path("accounts/", include("allauth.urls")),
]
