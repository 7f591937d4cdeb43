#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What lies in deploy/ is sound and of one mind: the program takes every command line and configuration, the ten
of compose.yaml mine and agree, names, ports and users are the same everywhere, and the service is shut in."""
import os
import re
import subprocess
import unittest

import yaml
from nodes import Node, wait_until
from program import SOURCE, ProgramTest

DEPLOY = SOURCE / "deploy"
PORT = 7333
# systemd-analyze rates from 0 (shut in) to 10 (as any program); this is in tenths.
EXPOSURE_MAX = 15


def container_file():
    """The last stage's instructions, with their arguments."""
    text = (DEPLOY / "container/Containerfile").read_text().replace("\\\n", " ")
    lines = [line.split(maxsplit=1) for line in text.splitlines() if line and not line.startswith("#")]
    last = max(number for number, line in enumerate(lines) if line[0] == "FROM")
    return dict(lines[last:])


def kubernetes():
    """Every object, by kind and name."""
    folder = DEPLOY / "kubernetes"
    listed = yaml.safe_load((folder / "kustomization.yaml").read_text())
    objects = [item for name in listed["resources"] for item in yaml.safe_load_all((folder / name).read_text())]
    return listed, {(item["kind"], item["metadata"]["name"]): item for item in objects}


class ComposeTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.compose = yaml.safe_load((DEPLOY / "container/compose.yaml").read_text())
        self.services = self.compose["services"]

    def neighbours(self, name):
        words = self.services[name]["command"]
        return [words[i + 1] for i, word in enumerate(words) if word == "--connect"]

    def test_they_are_connected_as_the_classroom_is(self):
        edges = {tuple(map(int, line.split())) for line in
                 (SOURCE / "data/ten_participants.edges").read_text().splitlines() if line[:1].isdigit()}
        names = list(self.services)
        found = {(names.index(neighbour.split(":")[0]), names.index(name))
                 for name in names for neighbour in self.neighbours(name)}
        self.assertEqual(found, edges)
        for name, service in self.services.items():
            self.assertEqual(service.get("depends_on", []), [call.split(":")[0] for call in self.neighbours(name)])

    def test_each_has_a_disk_of_its_own(self):
        for name, service in self.services.items():
            self.assertIn(f"{name}:{container_file()['VOLUME']}", service["volumes"])
            self.assertIn(name, self.compose["volumes"])

    def test_the_ten_mine_and_agree(self):
        """Their command lines, with addresses and folders of this machine."""
        nodes = {}
        for name, service in self.services.items():
            config = service["volumes"][0].split(":")[:2]
            words = [str(DEPLOY / "container" / config[0]) if word == config[1] else word for word in service["command"]]
            words = [nodes[word.split(":")[0]].address if word.endswith(":37333") else word for word in words]
            self.assertEqual(words[0], "node")
            nodes[name] = Node(self.folder / name, *words[1:])
            self.addCleanup(nodes[name].kill)
        wait_until(lambda: min(node.height() for node in nodes.values()) >= 2, "two blocks")
        wait_until(lambda: len({node.tips()[-1] for node in nodes.values()}) == 1, "the same tip")
        miners = [name for name, node in nodes.items() if "mined block" in node.log()]
        self.assertTrue(miners)
        self.assertIn("network classroom", nodes["judy"].log())


class KubernetesTest(ProgramTest):
    def setUp(self):
        super().setUp()
        self.listed, self.objects = kubernetes()
        self.set = self.objects["StatefulSet", "bezant"]["spec"]
        self.pod = self.set["template"]["spec"]
        self.node = self.pod["containers"][0]

    def test_objects_refer_to_what_is_there(self):
        labels = self.set["template"]["metadata"]["labels"]
        self.assertEqual(self.set["selector"]["matchLabels"], labels)
        self.assertEqual(self.objects["PodDisruptionBudget", "bezant"]["spec"]["selector"]["matchLabels"], labels)
        self.assertIn(("Service", self.set["serviceName"]), self.objects)
        for (kind, _), item in self.objects.items():
            if kind == "Service":
                self.assertLessEqual(labels.items(), item["spec"]["selector"].items())
                self.assertEqual([port["targetPort"] for port in item["spec"]["ports"]],
                                 [port["name"] for port in self.node["ports"]])
        claims = {claim["metadata"]["name"] for claim in self.set["volumeClaimTemplates"]}
        volumes = {volume["name"]: volume for volume in self.pod["volumes"]}
        self.assertEqual({mount["name"] for mount in self.node["volumeMounts"]}, claims | set(volumes))
        self.assertEqual(volumes["config"]["configMap"]["name"], self.listed["configMapGenerator"][0]["name"])
        self.assertEqual(self.listed["images"][0]["name"], self.node["image"])

    def test_it_is_what_the_image_makes_of_it(self):
        image = container_file()
        user = int(image["USER"].split(":")[0])
        context = self.pod["securityContext"]
        self.assertEqual({context[key] for key in ("runAsUser", "runAsGroup", "fsGroup")}, {user})
        self.assertIn(f"--uid {user} ", image["RUN"] + (DEPLOY / "container/Containerfile").read_text())
        mounts = {mount["name"]: mount["mountPath"] for mount in self.node["volumeMounts"]}
        self.assertEqual(mounts["data"], image["VOLUME"])
        self.assertTrue(image["ENV"].startswith(f"BEZANT_DATA={image['VOLUME']}/"))
        self.assertEqual(int(image["EXPOSE"]), PORT)
        self.assertEqual(self.node["ports"][0]["containerPort"], PORT)

    def test_the_program_takes_its_arguments_and_answers_its_probes(self):
        config = SOURCE / "deploy/kubernetes" / self.listed["configMapGenerator"][0]["files"][0]
        service = re.search(r'connect = \["(\S+):(\d+)"\]', config.read_text())
        self.assertIn(("Service", service.group(1)), self.objects)
        self.assertEqual(int(service.group(2)), PORT)
        words = [word.replace("$(POD_IP)", "192.0.2.1").replace("/etc/bezant/bezant.toml", str(config))
                 for word in self.node["args"]]
        node = Node(self.folder / "node", *words[1:], "--connect", "127.0.0.1:1")
        self.addCleanup(node.kill)
        node.wait_for("network main, 0 blocks")
        probes = [self.node[name]["exec"]["command"] for name in ("startupProbe", "livenessProbe", "readinessProbe")]
        health = re.search(r"HEALTHCHECK .*CMD (\[.*\])", (DEPLOY / "container/Containerfile").read_text()).group(1)
        for program, *arguments in [*probes, yaml.safe_load(health)]:
            self.assertEqual(program, "bezant")
            wait_until((node.folder / "data/rpc.address").exists, "it answers")
            self.run_good(*arguments, env={**os.environ, "BEZANT_DATA": str(node.folder / "data")})


class ServiceTest(ProgramTest):
    def setUp(self):
        super().setUp()
        text = (DEPLOY / "systemd/bezant.service").read_text()
        self.unit = self.folder / "bezant.service"
        self.unit.write_text(text.replace("ExecStart=bezant ", f"ExecStart={os.environ['BEZANT']} "))

    def analyze(self, *words):
        result = subprocess.run(["systemd-analyze", *words, str(self.unit)], capture_output=True, text=True, check=False,
                                env={**os.environ, "SYSTEMD_LOG_TARGET": "console"})
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout + result.stderr

    def test_systemd_takes_it(self):
        self.assertNotIn(str(self.unit), self.analyze("verify", "--man=no"))

    def test_it_is_shut_in(self):
        self.analyze("security", "--offline=true", f"--threshold={EXPOSURE_MAX}")

    def test_it_does_not_try_again_what_fails_again(self):
        text = self.unit.read_text()
        self.assertIn("RestartPreventExitStatus=2 3\n", text)
        self.assertIn("Type=notify\n", text)
        config = (DEPLOY / "debian/bezant.toml").read_text()
        self.assertIn(f"data = \"{re.search('WorkingDirectory=(.*)', text).group(1)}\"", config)


if __name__ == "__main__":
    unittest.main()
