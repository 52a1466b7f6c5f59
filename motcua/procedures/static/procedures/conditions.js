/* Conditions of an e-form in the browser: the same closed language as conditions.py, proven by the same vectors.
   Also shows and hides the questions of a page that depend on each other. ES2017, no framework; without it the
   page shows every question with its "only if …" and the server decides. */
(function (root) {
  "use strict";

  var DECIMAL = /^-?[0-9]{1,15}(\.[0-9]{1,6})?$/;
  var DAY = /^([1-9][0-9]{3})(?:-([0-9]{2})-([0-9]{2})(?:T[0-9]{2}:[0-9]{2})?)?$/;

  function has(object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  }

  function isMapping(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  function split(node) {
    var operator = Object.keys(node)[0];
    var operands = node[operator];
    return [operator, Array.isArray(operands) ? operands : [operands]];
  }

  function isEmpty(value) {
    if (value === null || value === undefined) return true;
    if (typeof value === "string" || Array.isArray(value)) return value.length === 0;
    return isMapping(value) && Object.keys(value).length === 0;
  }

  function answer(name, answers) {
    var parts = name.split(".");
    var value = has(answers, parts[0]) ? answers[parts[0]] : null;
    if (parts.length === 1) return value;
    return isMapping(value) && has(value, parts[1]) ? value[parts[1]] : null;
  }

  /* Days since 1970 of an ISO date; a bare year counts as its last day. */
  function day(value) {
    var match = typeof value === "string" ? DAY.exec(value) : null;
    if (!match) return null;
    var year = Number(match[1]), month = Number(match[2] || 12), dayOfMonth = Number(match[3] || 31);
    var moment = new Date(Date.UTC(year, month - 1, dayOfMonth));
    if (moment.getUTCMonth() !== month - 1 || moment.getUTCDate() !== dayOfMonth) return null;
    return { year: year, month: month, day: dayOfMonth, days: Math.round(moment.getTime() / 86400000) };
  }

  function years(born, now) {
    var before = now.month < born.month || (now.month === born.month && now.day < born.day);
    return now.year - born.year - (before ? 1 : 0);
  }

  function value(node, answers, today) {
    if (!isMapping(node)) return node;
    var parts = split(node), operator = parts[0], operands = parts[1];
    if (operator === "var") return answer(operands[0], answers);
    if (operator === "today") return today;
    var inner = value(operands[0], answers, today);
    if (operator === "count") {
      if (inner === null || inner === undefined) return 0;
      return Array.isArray(inner) ? inner.length : null;
    }
    var born = day(inner), now = day(today);
    if (born === null) return null;
    return operator === "age_days" ? now.days - born.days : years(born, now);
  }

  function number(any) {
    if (typeof any === "number") return any;
    return typeof any === "string" && DECIMAL.test(any) ? Number(any) : null;
  }

  function equal(left, right) {
    if (typeof left === "boolean" || typeof right === "boolean") return left === right;
    if (typeof left === "string" && typeof right === "string") return left === right;
    var a = number(left), b = number(right);
    return a !== null && b !== null && a === b;
  }

  function order(left, right) {
    var a = number(left), b = number(right);
    if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : 0;
    if (typeof left === "string" && typeof right === "string" && DAY.test(left) && DAY.test(right)) {
      return left < right ? -1 : left > right ? 1 : 0;
    }
    return null;
  }

  function isIn(item, items) {
    return Array.isArray(items) && items.some(function (each) { return equal(item, each); });
  }

  function compare(operator, left, right) {
    switch (operator) {
      case "==": return equal(left, right);
      case "!=": return !equal(left, right);
      case "in": return isIn(left, right);
    }
    var o = order(left, right);
    if (o === null) return false;
    switch (operator) {
      case "<": return o < 0;
      case "<=": return o <= 0;
      case ">": return o > 0;
      case ">=": return o >= 0;
    }
    throw new Error("unknown operator " + operator);
  }

  function evaluate(rule, answers, today) {
    var parts = split(rule), operator = parts[0], operands = parts[1];
    function holds(each) { return evaluate(each, answers, today); }
    if (operator === "and") return operands.every(holds);
    if (operator === "or") return operands.some(holds);
    if (operator === "!") return !holds(operands[0]);
    var values = operands.map(function (each) { return value(each, answers, today); });
    if (operator === "empty") return isEmpty(values[0]);
    if (operator === "filled") return !isEmpty(values[0]);
    return compare(operator, values[0], values[1]);
  }

  /* --- the page ------------------------------------------------------------------------------------------- */

  function typed(group, name) {
    var input = group.querySelector('[name="' + name + '"]');
    return input ? input.value.trim() : "";
  }

  function ticked(group) {
    return Array.prototype.map.call(group.querySelectorAll("input:checked"), function (input) { return input.value; });
  }

  function iso(group, sid) {
    var year = typed(group, sid + "-year"), month = typed(group, sid + "-month"), date = typed(group, sid + "-day");
    if (!year) return "";
    if (!month && !date && group.dataset.type === "date_or_year") return year;
    return year + "-" + ("0" + month).slice(-2) + "-" + ("0" + date).slice(-2);
  }

  function parts(group, sid) {
    var found = {};
    Array.prototype.forEach.call(group.querySelectorAll('[name^="' + sid + '-"]'), function (input) {
      var on = (input.type !== "radio" && input.type !== "checkbox") || input.checked;
      if (on && input.value.trim()) found[input.name.slice(sid.length + 1)] = input.value.trim();
    });
    return found;
  }

  function rows(group, sid) {
    var found = [];
    for (var index = 0; index < Number(typed(group, sid + "-rows")); index += 1) {
      var row = parts(group, sid + "-" + index);
      if (!isEmpty(row)) found.push(row);
    }
    return found;
  }

  function files(group, sid) {
    var input = group.querySelector('[name="' + sid + '-file"]');
    var added = Array.prototype.map.call((input && input.files) || [], function (file) { return file.name; });
    return ticked(group).concat(added);
  }

  function digits(text) {
    return /^[0-9][0-9. ]*$/.test(text) ? Number(text.replace(/[. ]/g, "")) : text;
  }

  /* What is typed in one question, in the shape the server stores; good enough to decide what to show. */
  function read(group) {
    var sid = group.dataset.field;
    switch (group.dataset.type) {
      case "boolean": var yes = ticked(group)[0]; return yes === undefined ? null : yes === "yes";
      case "choices": return ticked(group);
      case "choice": return group.querySelector("select") ? typed(group, sid) : ticked(group)[0];
      case "date": case "date_or_year": return iso(group, sid);
      case "integer": case "money": return digits(typed(group, sid));
      case "decimal": return typed(group, sid).replace(",", ".");
      case "address": case "identity_paper": return parts(group, sid);
      case "commune": return typed(group, sid + "-commune");
      case "table": return rows(group, sid);
      case "file": return files(group, sid);
      default: return typed(group, sid);
    }
  }

  function answersOf(form) {
    var answers = JSON.parse(form.dataset.answers || "{}");
    Array.prototype.forEach.call(form.querySelectorAll("[data-field]"), function (group) {
      var given = group.hidden ? null : read(group);
      if (isEmpty(given)) delete answers[group.dataset.field];
      else answers[group.dataset.field] = given;
    });
    return answers;
  }

  /* A hidden question is disabled too, so that what stands in it is not sent. Questions stand in the order in which
     they depend on each other, so one pass from the top decides them all. */
  function refresh(form) {
    Array.prototype.forEach.call(form.querySelectorAll("[data-show-if]"), function (group) {
      var shown = evaluate(JSON.parse(group.dataset.showIf), answersOf(form), form.dataset.today);
      if (group.hidden === !shown) return;
      group.hidden = !shown;
      Array.prototype.forEach.call(group.querySelectorAll("input, select, textarea, button"), function (input) {
        input.disabled = !shown;
      });
    });
  }

  function watch(within) {
    Array.prototype.forEach.call(within.querySelectorAll("[data-conditions]"), function (form) {
      Array.prototype.forEach.call(form.querySelectorAll("[data-only-if]"), function (hint) { hint.hidden = true; });
      form.addEventListener("input", function () { refresh(form); });
      form.addEventListener("change", function () { refresh(form); });
      refresh(form);
    });
  }

  root.motcua = root.motcua || {};
  root.motcua.conditions = { evaluate: evaluate, refresh: refresh, watch: watch, answersOf: answersOf, isEmpty: isEmpty };

  function start() {
    watch(document);
  }

  if (typeof document !== "undefined") {
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
    else start();
  }
})(typeof window !== "undefined" ? window : globalThis);
