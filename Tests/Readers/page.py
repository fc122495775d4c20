"""Opens a page in Chromium, uses it as a person would, and prints what is seen as one JSON object.

  page.py run PAGE        the page of one run
  page.py matrix PAGE     the page of several runs
"""

import json
import sys
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def browser():
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1200,900":
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(60)
    return driver


def keys(driver, *pressed):
    ActionChains(driver).send_keys(*pressed).perform()


def shown(driver, selector):
    return driver.execute_script("return Array.from(document.querySelectorAll(arguments[0])).filter(one => one.checkVisibility()).length", selector)


def requests(driver):
    urls = set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            urls.add(message["params"]["request"]["url"].split(":", 1)[0])
    return sorted(urls)


def size(driver, width, height):
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    seen = driver.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    return seen


def grounds(driver):
    seen = []
    for scheme in "light", "dark":
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
        seen.append(driver.execute_script("const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"))
    return seen


def common(driver, selector):
    timing = driver.execute_script("const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd - n.startTime")
    metrics = {one["name"]: one["value"] for one in driver.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]}
    return {
        "milliseconds": timing,
        # What the page's thread computed, in CPU time: that does not depend on what else the machine does.
        "seconds": metrics["TaskDuration"],
        "all": shown(driver, selector),
        "owned": driver.execute_script("return typeof window.owned !== 'undefined' || document.title.startsWith('owned')"),
        "images": driver.execute_script("return document.querySelectorAll('img,iframe,object,embed,link,base').length"),
        "scripts": driver.execute_script("return document.scripts.length"),
        "grounds": grounds(driver),
        "log": [entry["message"] for entry in driver.get_log("browser")],
    }


def run(driver):
    told = common(driver, ".case")
    # Filters: each verdict that is switched off takes its cases away.
    for box in driver.find_elements(By.CSS_SELECTOR, "input[data-kind=verdict]:not([value=violated])"):
        box.click()
    told["violated"] = [shown(driver, ".case"), shown(driver, ".case.violated")]
    for box in driver.find_elements(By.CSS_SELECTOR, "input[data-kind=verdict]:not([value=violated])"):
        box.click()
    # From here on the keyboard alone: to the search, a word, then from case to case, and open it.
    driver.execute_script("document.activeElement.blur(); scrollTo(0, 0)")
    keys(driver, "/")
    told["searches"] = driver.execute_script("return document.activeElement.id")
    keys(driver, "rcpt-before-mail")
    told["found"] = shown(driver, ".case")
    told["says"] = driver.find_element(By.ID, "shown").text
    keys(driver, Keys.ESCAPE)
    told["after"] = shown(driver, ".case")
    for _ in range(60):
        keys(driver, Keys.TAB)
        if driver.execute_script("return document.activeElement.matches('.case summary')"):
            break
    told["tabbed"] = driver.execute_script("return document.activeElement.matches('.case summary')")
    target = driver.execute_script("return Array.from(document.querySelectorAll('.case')).findIndex(one => one.matches('.violated'))")
    driver.execute_script("document.activeElement.blur()")
    for _ in range(target + 1):
        keys(driver, "j")
    told["focused"] = driver.execute_script("return document.activeElement.parentElement.id")
    keys(driver, Keys.ENTER)
    told["opened"] = driver.execute_script("return document.activeElement.parentElement.open")
    told["transcript"] = driver.execute_script("return document.activeElement.parentElement.querySelector('.transcript').innerText")
    told["timeline"] = driver.execute_script("return document.activeElement.parentElement.querySelectorAll('.time path').length")
    told["outline"] = driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    told["narrow"] = size(driver, 360, 740)
    driver.get(driver.current_url.split("#")[0] + "#" + told["focused"])
    driver.refresh()
    told["linked"] = driver.execute_script("return document.getElementById(decodeURIComponent(location.hash.slice(1))).open")
    return told


def matrix(driver):
    told = common(driver, "tr.row")
    from selenium.webdriver.support.ui import Select

    which = Select(driver.find_element(By.ID, "which"))
    which.select_by_value("violated")
    told["violated"] = shown(driver, "tr.row")
    which.select_by_value("differs")
    told["differs"] = shown(driver, "tr.row")
    which.select_by_value("")
    driver.find_element(By.TAG_NAME, "h1").click()
    keys(driver, "/")
    keys(driver, "rcpt-before-mail")
    told["found"] = shown(driver, "tr.row")
    told["says"] = driver.find_element(By.ID, "shown").text
    keys(driver, Keys.TAB)
    for _ in range(30):
        keys(driver, Keys.TAB)
        if driver.execute_script("return document.activeElement.matches('td button')"):
            break
    keys(driver, Keys.ENTER)
    told["reason"] = driver.execute_script("return document.getElementById('why').open ? document.getElementById('reason').textContent : null")
    keys(driver, Keys.ESCAPE)
    told["closed"] = driver.execute_script("return !document.getElementById('why').open")
    told["narrow"] = size(driver, 360, 740)
    return told


def main(kind, page):
    driver = browser()
    try:
        driver.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
        driver.get(Path(page).resolve().as_uri())
        told = {"run": run, "matrix": matrix}[kind](driver)
        told["requests"] = requests(driver)
        print(json.dumps(told))
    finally:
        driver.quit()


main(*sys.argv[1:])
