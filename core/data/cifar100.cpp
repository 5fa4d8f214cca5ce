// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/cifar_files.h"

namespace netloom {

namespace {

CifarFiles cifar100Files(bool coarse)
{
    CifarFiles files;
    files.title = "CIFAR-100";
    files.folder = "cifar-100-binary";
    files.trainFiles = {"train.bin"};
    files.testFile = "test.bin";
    files.labelBytes = 2;
    files.labelAt = coarse ? 0 : 1;
    files.classCount = coarse ? 20 : 100;
    files.namesFile = coarse ? "coarse_label_names.txt" : "fine_label_names.txt";
    return files;
}

} // namespace

namespace nodes {

NodeSpec cifar100()
{
    NodeSpec spec;
    spec.type = "CIFAR100";
    spec.keywords = {"pictures", "photos", "tiny", "data", "dataset", "binary", "superclass"};
    spec.doc = "60,000 small colour photos of 32×32 px in a hundred classes, or in twenty kinds of these, in CIFAR-100's binary version. "
               "Validation is taken from the training pictures.";
    declareCifar(spec, "The folder with train.bin and test.bin, or the one that holds cifar-100-binary");
    spec.params.insert(spec.params.begin() + 1,
        ParamDecl::choice("labels", "fine", {"fine", "coarse"}).doc("fine: a hundred classes; coarse: twenty, such as fish or vehicles 1"));
    spec.recognise = [](const std::string &path) { return recogniseCifar(cifar100Files(false), path); };
    spec.openSource = [](const Params &params) { return openCifar(cifar100Files(params.text("labels") == "coarse"), params); };
    return spec;
}

} // namespace nodes

} // namespace netloom
